//! Themes (`assets/themes/*.toml`): what each role on the screen looks like, in words that
//! know no terminal library. `"bold cyan on black"` is a look; colours are the terminal's
//! own sixteen, a number of the 256, or `#rrggbb`.

/// What something on the screen is, which decides how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(usize)]
pub enum Role {
    /// Words.
    Text,
    /// What may be overlooked.
    Dim,
    /// Frames and rules.
    Border,
    /// The line at the top.
    Bar,
    /// The line at the bottom.
    Footer,
    /// Names of keys.
    Key,
    /// Names of screens and panes.
    Title,
    /// What the eye should find first.
    Accent,
    /// Headings of a report.
    Heading,
    /// The line under the cursor in the pane that has the keys.
    Selected,
    /// The line under the cursor in another pane.
    Resting,
    /// The bar before the selected line.
    Cursor,
    /// A figure in the text.
    Figure,
    /// The figure under the cursor.
    FigureHere,
    /// Words that were searched for.
    Hit,
    /// The hit under the cursor.
    HitHere,
    /// Names in the margin.
    Margin,
    /// A check that holds.
    Pass,
    /// A check that fails.
    Fail,
    /// A check that asks for a look.
    Warn,
    /// A value that is not there.
    Missing,
    /// The first of those compared, and its mark.
    SideA,
    /// The others, and their marks.
    SideB,
    /// Bars of a chart.
    Bars,
    /// A field to type into.
    Input,
    /// A word that came out well.
    Notice,
}

/// All roles, in the order of the enum.
pub const ROLES: [(&str, Role); 26] = [
    ("text", Role::Text),
    ("dim", Role::Dim),
    ("border", Role::Border),
    ("bar", Role::Bar),
    ("footer", Role::Footer),
    ("key", Role::Key),
    ("title", Role::Title),
    ("accent", Role::Accent),
    ("heading", Role::Heading),
    ("selected", Role::Selected),
    ("resting", Role::Resting),
    ("cursor", Role::Cursor),
    ("figure", Role::Figure),
    ("figure_here", Role::FigureHere),
    ("hit", Role::Hit),
    ("hit_here", Role::HitHere),
    ("margin", Role::Margin),
    ("pass", Role::Pass),
    ("fail", Role::Fail),
    ("warn", Role::Warn),
    ("missing", Role::Missing),
    ("side_a", Role::SideA),
    ("side_b", Role::SideB),
    ("bars", Role::Bars),
    ("input", Role::Input),
    ("notice", Role::Notice),
];

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// One of the terminal's 256; the first sixteen are its own palette.
    Indexed(u8),
    /// A mixture.
    Rgb(u8, u8, u8),
}

/// How something looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Colour of the ink; none for the terminal's own.
    pub ink: Option<Colour>,
    /// Colour of the paper; none for the terminal's own.
    pub paper: Option<Colour>,
    /// Heavy.
    pub bold: bool,
    /// Faint.
    pub dim: bool,
    /// Slanted.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Ink and paper exchanged.
    pub reverse: bool,
}

const COLOURS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "gray",
    "lightred",
    "lightgreen",
    "lightyellow",
    "lightblue",
    "lightmagenta",
    "lightcyan",
    "lightwhite",
];

fn colour(word: &str) -> Option<Colour> {
    if let Some(hex) = word.strip_prefix('#').filter(|h| h.len() == 6) {
        let n = u32::from_str_radix(hex, 16).ok()?;
        return Some(Colour::Rgb((n >> 16) as u8, (n >> 8) as u8, n as u8));
    }
    let named = COLOURS.iter().position(|c| *c == word);
    let index = named.and_then(|n| u8::try_from(n).ok());
    index.or_else(|| word.parse().ok()).map(Colour::Indexed)
}

impl Look {
    /// Reads `"bold cyan on black"`; `None` when a word means nothing.
    pub fn parse(words: &str) -> Option<Self> {
        let mut look = Self::default();
        let mut on = false;
        for word in words.split_whitespace() {
            match word {
                "on" => on = true,
                "plain" => {}
                "bold" => look.bold = true,
                "dim" => look.dim = true,
                "italic" => look.italic = true,
                "underline" => look.underline = true,
                "reverse" => look.reverse = true,
                word if on => look.paper = Some(colour(word)?),
                word => look.ink = Some(colour(word)?),
            }
        }
        Some(look)
    }
}

/// A look for every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// `dark`, `light`, `mono` or the name of a user's file.
    pub name: String,
    looks: [Look; ROLES.len()],
}

/// Names and files of the embedded themes.
const EMBEDDED: [(&str, &str); 3] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

impl Theme {
    /// The embedded themes.
    pub fn embedded() -> Vec<Self> {
        EMBEDDED.iter().map(|(n, f)| Self::parse(n, f).0).collect()
    }

    /// Reads a theme file; roles it does not name, or names wrongly, look as in `dark`. The
    /// second part tells what could not be understood.
    pub fn parse(name: &str, file: &str) -> (Self, Vec<String>) {
        let base = match name {
            "dark" => [Look::default(); ROLES.len()],
            _ => Self::parse("dark", EMBEDDED[0].1).0.looks,
        };
        let mut theme = Self {
            name: name.to_owned(),
            looks: base,
        };
        let mut wrong = Vec::new();
        let table = file.parse::<toml::Table>().unwrap_or_else(|e| {
            wrong.push(e.message().to_owned());
            toml::Table::new()
        });
        for (key, value) in &table {
            let role = ROLES.iter().find(|r| r.0 == key).map(|r| r.1);
            let look = value.as_str().and_then(Look::parse);
            match (role, look) {
                (Some(role), Some(look)) => theme.looks[role as usize] = look,
                _ => wrong.push(format!("{key} = {value}")),
            }
        }
        (theme, wrong)
    }

    /// How `role` looks.
    pub fn look(&self, role: Role) -> Look {
        self.looks[role as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_theme_names_every_role() {
        for (name, file) in EMBEDDED {
            let (_, wrong) = Theme::parse(name, file);
            assert_eq!(wrong, Vec::<String>::new(), "{name}");
            let table: toml::Table = file.parse().expect(name);
            for (at, (key, role)) in ROLES.iter().enumerate() {
                assert!(table.contains_key(*key), "{name} lacks {key}");
                assert_eq!(*role as usize, at);
            }
        }
    }

    #[test]
    fn mono_has_no_colours() {
        let themes = Theme::embedded();
        for (_, role) in ROLES {
            let look = themes[2].look(role);
            assert_eq!((look.ink, look.paper), (None, None));
        }
    }
}
