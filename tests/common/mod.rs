//! What several behaviour tests share.
#![allow(dead_code)]

pub mod documents;
pub mod forms;
pub mod grids;
pub mod page;
pub mod shapes;
