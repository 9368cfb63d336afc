//! How far a long command has come: one line on standard error that is written over, where
//! that is a terminal.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use super::context::Context;

/// What is done sooner needs no line.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often the line is written again at most.
const PACE: Duration = Duration::from_millis(100);

/// The line; dropping it clears it.
pub struct Line<'c> {
    context: &'c Context,
    key: &'static str,
    /// When it may be written next; never where nobody would see it.
    next: Cell<Option<Instant>>,
    written: Cell<bool>,
}

impl<'c> Line<'c> {
    /// A line with the words of `key`, which has the blanks `done` and `total`. A file has no
    /// use for it, nor have those who asked for silence.
    pub fn new(context: &'c Context, key: &'static str) -> Self {
        let shown = std::io::stderr().is_terminal() && !context.is_quiet();
        Self {
            context,
            key,
            next: Cell::new(shown.then(|| Instant::now() + PATIENCE)),
            written: Cell::new(false),
        }
    }

    /// So many of so many are done.
    pub fn tell(&self, done: usize, total: usize) {
        let now = Instant::now();
        if self.next.get().is_none_or(|next| now < next) {
            return;
        }
        let (done, total) = (done.to_string(), total.to_string());
        let values = [("done", done.as_str()), ("total", total.as_str())];
        let words = self.context.fill(self.key, &values);
        // Nothing can be done when standard error is closed.
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{words}");
        self.next.set(Some(now + PACE));
        self.written.set(true);
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        if self.written.get() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
