//! Where everything stands on the screen. Updating needs it to know how much fits, drawing
//! to draw it, and the mouse to know what was clicked; so it is computed here, purely, from
//! the size of the terminal, and never remembered from drawing.

use super::state::Focus;

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Column of its left edge.
    pub x: u16,
    /// Row of its upper edge.
    pub y: u16,
    /// Columns.
    pub w: u16,
    /// Rows.
    pub h: u16,
}

impl Area {
    /// A rectangle.
    pub const fn new(x: u16, y: u16, w: u16, h: u16) -> Self {
        Self { x, y, w, h }
    }

    /// Whether a cell lies in it.
    pub fn contains(self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.w && y - self.y < self.h
    }

    /// Its first `n` rows, and the others.
    pub fn top(self, n: u16) -> (Self, Self) {
        let n = n.min(self.h);
        let rest = Self::new(self.x, self.y + n, self.w, self.h - n);
        (Self { h: n, ..self }, rest)
    }

    /// The others, and its last `n` rows.
    pub fn bottom(self, n: u16) -> (Self, Self) {
        let n = n.min(self.h);
        self.top(self.h - n)
    }

    /// Its first `n` columns, and the others.
    pub fn left(self, n: u16) -> (Self, Self) {
        let n = n.min(self.w);
        let rest = Self::new(self.x + n, self.y, self.w - n, self.h);
        (Self { w: n, ..self }, rest)
    }

    /// The others, and its last `n` columns.
    pub fn right(self, n: u16) -> (Self, Self) {
        let n = n.min(self.w);
        self.left(self.w - n)
    }

    /// Without `dx` columns at either side and `dy` rows at either end.
    pub fn inset(self, dx: u16, dy: u16) -> Self {
        let (dx, dy) = (dx.min(self.w / 2), dy.min(self.h / 2));
        Self::new(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)
    }

    /// A rectangle of at most `w` by `h` in its middle.
    pub fn centred(self, w: u16, h: u16) -> Self {
        let (w, h) = (w.min(self.w), h.min(self.h));
        Self::new(self.x + (self.w - w) / 2, self.y + (self.h - h) / 2, w, h)
    }
}

/// Below this width there is one pane at a time.
pub const NARROW: u16 = 100;
/// From this width on the preview stands beside the list.
pub const WIDE: u16 = 150;

/// Narrowest margin.
const LEAST_MARGIN: u16 = 20;

/// Header, body and footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shell {
    /// Where one is, and what goes on.
    pub header: Area,
    /// The place itself.
    pub body: Area,
    /// What can be done here.
    pub footer: Area,
}

/// Divides the screen.
pub fn shell(w: u16, h: u16) -> Shell {
    let all = Area::new(0, 0, w, h);
    let (header, rest) = all.top(u16::from(h >= 3));
    let (body, footer) = rest.bottom(u16::from(h >= 5));
    Shell {
        header,
        body,
        footer,
    }
}

/// Panes of the library; those that are not shown are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LibraryPanes {
    /// Regions, years, …
    pub tree: Area,
    /// The line that says which part of the tree is listed, when the tree is not shown.
    pub crumb: Area,
    /// Names of the columns.
    pub head: Area,
    /// Reports.
    pub list: Area,
    /// Sums over the whole list.
    pub totals: Area,
    /// What the selected one says.
    pub preview: Area,
}

/// Panes of the library.
pub fn library(body: Area, focus: Focus, preview: bool) -> LibraryPanes {
    let mut panes = LibraryPanes::default();
    let mut rest = body;
    if body.w >= NARROW {
        let width = (body.w / 5).clamp(24, 34);
        (panes.tree, rest) = rest.left(width);
        // One column for the rule between them.
        rest = rest.left(1).1;
    } else if focus == Focus::Side {
        panes.tree = body;
        return panes;
    } else if body.h >= 4 {
        (panes.crumb, rest) = rest.top(1);
    }
    if preview && body.w >= WIDE {
        (rest, panes.preview) = rest.right(rest.w * 2 / 5);
    } else if preview && body.h >= 18 {
        (rest, panes.preview) = rest.bottom(body.h / 3);
    }
    if rest.h >= 3 {
        (panes.head, rest) = rest.top(1);
    }
    if rest.h >= 8 && rest.w >= 50 {
        (rest, panes.totals) = rest.bottom(1);
    }
    panes.list = rest;
    panes
}

/// Panes of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReaderPanes {
    /// Headings.
    pub outline: Area,
    /// The section one is in, when the outline is not shown.
    pub crumb: Area,
    /// Flags before the lines.
    pub gutter: Area,
    /// The text.
    pub text: Area,
    /// Names of the figures.
    pub margin: Area,
    /// The field for words to find.
    pub find: Area,
}

/// Panes of the reader.
pub fn reader(body: Area, focus: Focus, find: bool, measure: u16) -> ReaderPanes {
    let mut panes = ReaderPanes::default();
    let mut rest = body;
    if body.w >= NARROW {
        (panes.outline, rest) = rest.left((body.w / 4).clamp(24, 36));
        rest = rest.left(1).1;
    } else if focus == Focus::Side {
        panes.outline = body;
        return panes;
    } else if body.h >= 4 {
        (panes.crumb, rest) = rest.top(1);
    }
    if find {
        (rest, panes.find) = rest.bottom(1);
    }
    (panes.gutter, rest) = rest.left(if rest.w >= 30 { 2 } else { 1 });
    // One column at the right edge for the scroll bar.
    rest = rest.right(1).0;
    panes.text = rest;
    panes.text.w = rest.w.min(measure);
    // Names of figures stand beside the text where it does not get too narrow for it.
    if rest.w >= 82 || rest.w > measure + LEAST_MARGIN {
        panes.text.w = measure.min(rest.w - LEAST_MARGIN - 1);
        panes.margin = rest.left(panes.text.w + 1).1;
        panes.margin.w = panes.margin.w.min(2 * LEAST_MARGIN + 8);
    }
    panes
}

/// Panes of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SearchPanes {
    /// The query.
    pub input: Area,
    /// How it was understood and how much was found.
    pub status: Area,
    /// What was found.
    pub hits: Area,
    /// How many of what.
    pub facets: Area,
}

/// Panes of the search.
pub fn search(body: Area, focus: Focus) -> SearchPanes {
    let mut panes = SearchPanes::default();
    let mut rest;
    (panes.input, rest) = body.top(1);
    if body.h >= 5 {
        (panes.status, rest) = rest.top(1);
    }
    if body.w >= NARROW {
        (rest, panes.facets) = rest.right((body.w / 5).clamp(24, 34));
        rest = rest.right(1).0;
    } else if focus == Focus::Side {
        panes.facets = rest;
        return panes;
    }
    panes.hits = rest;
    panes
}

/// Columns that difference and ratio take together.
pub const RATIO: u16 = 22;

/// Panes of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ComparePanes {
    /// Who is compared, two rows where there is room.
    pub head: Area,
    /// The figures.
    pub rows: Area,
    /// Notes on the row under the cursor.
    pub note: Area,
    /// Columns for the names of the indicators.
    pub label: u16,
    /// Columns for one report.
    pub column: u16,
    /// How many reports fit, the pinned one among them.
    pub columns: usize,
    /// Columns for the difference, and the ratio where they are [`RATIO`]; 0 when there is
    /// no room.
    pub delta: u16,
}

/// Most cells that names are given beyond what they need on an ordinary screen.
const WIDER: u16 = 14;

/// Panes of the comparison of `n` reports.
pub fn compare(body: Area, n: usize, bars: bool) -> ComparePanes {
    let (head, rest) = body.top(if body.h >= 12 { 2 } else { 1 });
    let (rows, note) = rest.bottom(if rest.h >= 12 {
        3
    } else {
        u16::from(rest.h >= 6)
    });
    let n16 = u16::try_from(n.max(1)).unwrap_or(u16::MAX);
    // Names before ratios: on a narrow screen the ratio stands below the rows.
    let (label, delta) = match body.w {
        _ if n < 2 => (body.w * 3 / 10, 0),
        96.. => (body.w * 3 / 10, RATIO),
        76.. => (body.w * 2 / 5, 13),
        _ => (body.w * 3 / 10, 0),
    };
    let label = label.clamp(10.min(body.w), 34);
    let room = body.w.saturating_sub(label + delta);
    let least = match (bars, body.w) {
        (true, _) => 26,
        (false, 76..) => 16,
        // Two side by side even on the smallest screen.
        (false, _) => 13,
    };
    let least = least.min(room.max(1));
    let columns = (room / least.max(1)).clamp(1, n16);
    let column = (room / columns).min(if bars { 44 } else { 34 });
    // What the columns leave on a wide screen, the names may have.
    let spare = room.saturating_sub(columns * (column + 1));
    let label = label + spare.min(WIDER);
    ComparePanes {
        head,
        rows,
        note,
        label,
        column,
        columns: usize::from(columns),
        delta,
    }
}

/// Panes of the analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AnalysisPanes {
    /// What is shown, and what narrows it.
    pub head: Area,
    /// Findings or reports.
    pub list: Area,
    /// The finding under the cursor in full.
    pub note: Area,
}

/// Panes of the analysis.
pub fn analysis(body: Area, note: bool) -> AnalysisPanes {
    let (head, rest) = body.top(u16::from(body.h >= 3));
    let tall = note && rest.h >= 12;
    let (list, note) = rest.bottom(if tall { 5 } else { 0 });
    AnalysisPanes { head, list, note }
}

/// Where a layer of the wanted size stands over the screen: towards the top, where the
/// window of an input method below the field hides nothing.
pub fn layer(w: u16, h: u16, want_w: u16, want_h: u16) -> Area {
    let all = Area::new(0, 0, w, h);
    if w < 60 || h < 15 {
        return all;
    }
    let mut area = all.inset(2, 1).centred(want_w, want_h);
    area.y = (h.saturating_sub(area.h) / 3).max(1);
    area
}
