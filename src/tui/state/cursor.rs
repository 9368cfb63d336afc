//! A place in a list that is longer than the screen.

/// Which item is selected and which one is at the top of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The selected item.
    pub at: usize,
    /// The first one that is shown.
    pub top: usize,
}

/// A step in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// By so many items.
    By(isize),
    /// By so many pages.
    Page(isize),
    /// To the first.
    First,
    /// To the last.
    Last,
}

impl Cursor {
    /// Makes a step in a list of `len` items of which `height` are shown.
    pub fn step(&mut self, step: Step, len: usize, height: usize) {
        let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
        let by = |n: isize| self.at.saturating_add_signed(n);
        self.at = match step {
            Step::By(n) => by(n),
            Step::Page(n) => by(n.saturating_mul(page)),
            Step::First => 0,
            Step::Last => len.saturating_sub(1),
        };
        self.fit(len, height);
    }

    /// Selects an item.
    pub fn select(&mut self, at: usize, len: usize, height: usize) {
        self.at = at;
        self.fit(len, height);
    }

    /// Keeps the selected item in the list and on the screen.
    pub fn fit(&mut self, len: usize, height: usize) {
        self.at = self.at.min(len.saturating_sub(1));
        let height = height.max(1);
        if self.at < self.top {
            self.top = self.at;
        } else if self.at >= self.top + height {
            self.top = self.at + 1 - height;
        }
        self.top = self.top.min(len.saturating_sub(height));
    }

    /// Moves what is shown, and the selection only as far as it must.
    pub fn scroll(&mut self, by: isize, len: usize, height: usize) {
        let height = height.max(1);
        let last = len.saturating_sub(height);
        self.top = self.top.saturating_add_signed(by).min(last);
        self.at = self.at.clamp(self.top, self.top + height - 1);
        self.at = self.at.min(len.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_item_stays_on_the_screen() {
        let mut c = Cursor::default();
        c.step(Step::By(7), 10, 5);
        assert_eq!((c.at, c.top), (7, 3));
        c.step(Step::Page(-1), 10, 5);
        assert_eq!((c.at, c.top), (3, 3));
        c.step(Step::Last, 10, 5);
        assert_eq!((c.at, c.top), (9, 5));
        c.fit(2, 5);
        assert_eq!((c.at, c.top), (1, 0));
        c.step(Step::By(-9), 0, 0);
        assert_eq!((c.at, c.top), (0, 0));
    }
}
