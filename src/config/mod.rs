//! Names and data that faces of the program read at start: where files live, settings,
//! key bindings, themes, interface language. No behaviour, no screen types.

pub mod keymap;
pub mod language;
pub mod paths;
pub mod settings;
pub mod theme;
