//! gongkai reads Chinese government information disclosure annual reports
//! (政府信息公开工作年度报告).
//!
//! Data flows one way, and so do the imports (`tests/layers.rs` checks them):
//!
//! ```text
//! bytes ─ corpus ─▶ source ─▶ report ─▶ figure ─▶ audit ─▶ index ─▶ query ─▶ export · cli · tui
//!         which     text +    title,    every      every    tantivy  lists,   faces of
//!         files     blocks    outline   quantity   sum      cache    search   the library
//! ```
//!
//! * [`text`] knows strings only: folding scripts, widths, wrapping, numerals.
//! * [`corpus`] finds the files and gives each a stable id and a fingerprint.
//! * [`source`] turns bytes into one *text* and cuts it into *blocks*.
//! * [`report`] reads who wrote the report, where, about which year, and its outline.
//! * [`figure`] finds every statistic and names it from the catalogue in `assets/`.
//! * [`audit`] checks what the figures claim of one another.
//! * [`reading`] is those four steps as one call: a file's bytes to a [`reading::Reading`].
//! * [`index`] keeps what can be rebuilt at any time; [`query`] reads it.
//! * [`export`], [`cli`] and [`tui`] show it.
//!
//! Domain knowledge is data under `assets/`, embedded, and overlaid by the user's own files.

pub mod audit;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod export;
pub mod figure;
pub mod index;
pub mod query;
pub mod reading;
pub mod report;
pub mod source;
pub mod text;
pub mod tui;
