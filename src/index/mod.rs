//! Readings → tantivy. The index is a cache: all of it can be rebuilt from the corpus, and
//! whatever is doubtful about it is rebuilt without a word.
//!
//! ```text
//! Corpus::walk ─▶ build::update ─▶ documents ─▶ one writer ─▶ commits ─▶ Store ─▶ query::Library
//!                 what is new,      schema,       (only while              snapshot
//!                 changed, gone     tokenizer      it indexes)
//! ```
//!
//! * [`schema`] names the fields and packs what lists need into two numbers per report;
//! * [`tokenizer`] cuts folded text into pairs of adjacent characters;
//! * [`document`] turns one reading into one document per section behind one per report;
//! * [`build`] brings the index up to date: parallel readers, one writer, growing commits;
//! * [`known`] asks it what it holds;
//! * [`store`] opens it, tells whether it is ours, and replaces it when it is not.
//!
//! Only this room and `query` name tantivy.

pub mod build;
pub mod document;
pub mod known;
pub mod schema;
pub mod store;
pub mod tokenizer;

pub use build::{Progress, Summary};
pub use store::Store;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The engine failed, mostly because the disk did.
    #[error("the index cannot be used: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// A folder or file of the index.
    #[error("{path}: {reason}")]
    Io {
        /// Which.
        path: String,
        /// The operating system's words.
        reason: String,
    },
    /// What is stored is not what we store.
    #[error("the index is damaged: {0}")]
    Damaged(String),
}
