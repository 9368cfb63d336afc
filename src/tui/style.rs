//! The one place for colours: roles of the theme → ratatui styles; and the characters of
//! the chrome, in ASCII where the terminal draws ambiguous characters two cells wide.

use ratatui::style::{Color, Modifier, Style};

use crate::config::theme::{Colour, Role, Theme};
use crate::text::width;

/// A theme ready to draw with.
#[derive(Debug, Clone)]
pub struct Skin {
    theme: Theme,
    /// Characters of the chrome.
    pub glyphs: Glyphs,
}

/// Characters that are drawn and not read.
#[derive(Debug, Clone, Copy)]
pub struct Glyphs {
    /// Before the selected line.
    pub cursor: &'static str,
    /// Between panes.
    pub upright: &'static str,
    /// Under a head.
    pub level: &'static str,
    /// An open branch.
    pub open: &'static str,
    /// A closed branch.
    pub closed: &'static str,
    /// The part of a scroll bar that is shown.
    pub thumb: &'static str,
    /// A full cell of a bar.
    pub full: &'static str,
    /// Eighths of a cell, from one to seven.
    pub eighths: [&'static str; 7],
    /// A cell of a bar still to be filled.
    pub rest: &'static str,
    /// Corners of a frame: upper left, upper right, lower left, lower right.
    pub corners: [&'static str; 4],
    /// Before a part of a whole: one more follows, the last one.
    pub knees: [&'static str; 2],
    /// Between words of a line.
    pub dot: &'static str,
    /// Rules of a table by where they lead: up 1, down 2, left 4, right 8.
    pub joints: [&'static str; 16],
    /// More to the left, more to the right.
    pub more: [&'static str; 2],
}

const FINE: Glyphs = Glyphs {
    cursor: "▌",
    upright: "│",
    level: "─",
    open: "▾",
    closed: "▸",
    thumb: "▐",
    full: "█",
    eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉"],
    rest: "░",
    corners: ["╭", "╮", "╰", "╯"],
    knees: ["├", "└"],
    dot: "·",
    joints: [
        " ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼",
    ],
    more: ["‹", "›"],
};

const ASCII: Glyphs = Glyphs {
    cursor: ">",
    upright: "|",
    level: "-",
    open: "-",
    closed: "+",
    thumb: "#",
    full: "#",
    eighths: ["", "", "", "-", "=", "=", "="],
    rest: ".",
    corners: ["+", "+", "+", "+"],
    knees: ["|", "`"],
    dot: "-",
    joints: [
        " ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+",
    ],
    more: ["<", ">"],
};

impl Skin {
    /// Makes a theme ready.
    pub fn new(theme: Theme) -> Self {
        Self {
            theme,
            glyphs: if width::ambiguous_wide() { ASCII } else { FINE },
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.theme.name
    }

    /// How a role is drawn.
    pub fn style(&self, role: Role) -> Style {
        let look = self.theme.look(role);
        let mut style = Style {
            fg: look.ink.map(colour),
            bg: look.paper.map(colour),
            ..Style::default()
        };
        for (on, modifier) in [
            (look.bold, Modifier::BOLD),
            (look.dim, Modifier::DIM),
            (look.italic, Modifier::ITALIC),
            (look.underline, Modifier::UNDERLINED),
            (look.reverse, Modifier::REVERSED),
        ] {
            if on {
                style = style.add_modifier(modifier);
            }
        }
        style
    }
}

/// The first sixteen are the terminal's own, which suit its background.
fn colour(colour: Colour) -> Color {
    const OWN: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match colour {
        Colour::Indexed(n) => OWN
            .get(usize::from(n))
            .copied()
            .unwrap_or(Color::Indexed(n)),
        Colour::Rgb(r, g, b) => Color::Rgb(r, g, b),
    }
}
