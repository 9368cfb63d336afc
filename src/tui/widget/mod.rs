//! Drawing by the cell: every word goes to the screen through [`Pen`], which measures by
//! `text::width`, never writes outside its area and never leaves half a character.

mod pen;

pub use pen::Pen;
