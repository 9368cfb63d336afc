//! The command line as other programs use it: exit status, what goes where, JSON that
//! parses, and files that cannot be read.

mod audit;
mod compare;
mod export;
mod files;
mod place;
mod program;
mod search;
