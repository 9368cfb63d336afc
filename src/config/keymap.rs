//! Key bindings (`assets/keys.toml`, overlaid by the user's `keys.toml`): names of keys and
//! names of commands. What the commands do is the screen's business.
//!
//! A table per context, a line per command: `sort = ["s", "f4"]`. In a user's file such a
//! line replaces the command's keys; `[]` takes them away.

use std::fmt;

/// A key as it is pressed, without any terminal library's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which one.
    pub code: Code,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, as it comes out with Shift.
    Char(char),
    /// F1 to F24.
    F(u8),
    /// Enter
    Enter,
    /// Escape
    Esc,
    /// Tab
    Tab,
    /// Shift-Tab
    BackTab,
    /// Backspace
    Backspace,
    /// Delete
    Delete,
    /// Arrow up
    Up,
    /// Arrow down
    Down,
    /// Arrow left
    Left,
    /// Arrow right
    Right,
    /// Page up
    PageUp,
    /// Page down
    PageDown,
    /// Home
    Home,
    /// End
    End,
}

const NAMED: [(&str, Code, &str); 16] = [
    ("enter", Code::Enter, "Enter"),
    ("esc", Code::Esc, "Esc"),
    ("tab", Code::Tab, "Tab"),
    ("backtab", Code::BackTab, "S-Tab"),
    ("backspace", Code::Backspace, "Bksp"),
    ("delete", Code::Delete, "Del"),
    ("up", Code::Up, "↑"),
    ("down", Code::Down, "↓"),
    ("left", Code::Left, "←"),
    ("right", Code::Right, "→"),
    ("pageup", Code::PageUp, "PgUp"),
    ("pagedown", Code::PageDown, "PgDn"),
    ("home", Code::Home, "Home"),
    ("end", Code::End, "End"),
    ("space", Code::Char(' '), "Space"),
    ("comma", Code::Char(','), ","),
];

impl Key {
    /// A key without Ctrl and Alt.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// A character.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// Reads `ctrl-p`, `f1`, `?`, `space`.
    pub fn parse(name: &str) -> Option<Self> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = name;
        loop {
            if let Some(r) = rest.strip_prefix("ctrl-").filter(|r| !r.is_empty()) {
                (key.ctrl, rest) = (true, r);
            } else if let Some(r) = rest.strip_prefix("alt-").filter(|r| !r.is_empty()) {
                (key.alt, rest) = (true, r);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        key.code = match (chars.next(), chars.as_str()) {
            (Some(c), "") => Code::Char(c),
            (Some('f'), n) if n.parse::<u8>().is_ok_and(|n| (1..=24).contains(&n)) => {
                Code::F(n.parse().ok()?)
            }
            _ => NAMED.iter().find(|n| n.0 == rest)?.1,
        };
        Some(key)
    }

    /// The key that a full-width twin stands for: a Chinese input method that is on sends ／
    /// for / and ？ for ?.
    pub fn without_width(self) -> Self {
        let Code::Char(c) = self.code else {
            return self;
        };
        let twin = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '。' => '.',
            '、' => '/',
            '【' | '「' => '[',
            '】' | '」' => ']',
            '《' => '<',
            '》' => '>',
            _ => c,
        };
        Self {
            code: Code::Char(twin),
            ..self
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            write!(f, "^")?;
        }
        if self.alt {
            write!(f, "M-")?;
        }
        match self.code {
            Code::F(n) => write!(f, "F{n}"),
            Code::Char(c) if c != ' ' => {
                if self.ctrl {
                    write!(f, "{}", c.to_ascii_uppercase())
                } else {
                    write!(f, "{c}")
                }
            }
            code => {
                let name = NAMED.iter().find(|n| n.1 == code).map_or("?", |n| n.2);
                write!(f, "{name}")
            }
        }
    }
}

/// The keys of one command in one context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Table of the file.
    pub context: String,
    /// Name of the command.
    pub command: String,
    /// Its keys, the one to show first.
    pub keys: Vec<Key>,
    /// Whether the user's file says so.
    pub own: bool,
}

/// Something in a key file that cannot be as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file is not TOML.
    Syntax(String),
    /// A key with a name that means nothing.
    UnknownKey(String),
    /// A context or command that does not exist.
    UnknownCommand(String),
    /// Two commands want the same key in the same context; the first has it.
    Conflict {
        /// The key.
        key: Key,
        /// Where.
        context: String,
        /// Who has it.
        kept: String,
        /// Who does not.
        lost: String,
    },
}

/// All bindings.
#[derive(Debug, Clone, Default)]
pub struct Bindings {
    /// In the order of the default file.
    pub bindings: Vec<Binding>,
    /// What was wrong with the files.
    pub problems: Vec<Problem>,
}

impl Bindings {
    /// The bindings embedded in the program.
    pub fn embedded() -> Self {
        let mut all = Self::default();
        all.overlay(include_str!("../../assets/keys.toml"), false);
        all
    }

    /// The embedded bindings with a user's file over them.
    pub fn with(user: Option<&str>) -> Self {
        let mut all = Self::embedded();
        if let Some(user) = user {
            all.overlay(user, true);
        }
        all.find_conflicts();
        all
    }

    fn overlay(&mut self, file: &str, own: bool) {
        let table = match file.parse::<toml::Table>() {
            Ok(table) => table,
            Err(e) => return self.problems.push(Problem::Syntax(e.message().to_owned())),
        };
        for (context, commands) in &table {
            let Some(commands) = commands.as_table() else {
                self.problems.push(Problem::UnknownCommand(context.clone()));
                continue;
            };
            for (command, keys) in commands {
                let keys = self.keys(keys);
                self.set(context, command, keys, own);
            }
        }
    }

    fn keys(&mut self, value: &toml::Value) -> Vec<Key> {
        let names: Vec<&str> = match value {
            toml::Value::Array(a) => a.iter().filter_map(toml::Value::as_str).collect(),
            toml::Value::String(s) => vec![s],
            _ => Vec::new(),
        };
        let mut keys = Vec::new();
        for name in names {
            match Key::parse(name) {
                Some(key) => keys.push(key),
                None => self.problems.push(Problem::UnknownKey(name.to_owned())),
            }
        }
        keys
    }

    fn set(&mut self, context: &str, command: &str, keys: Vec<Key>, own: bool) {
        let same = |b: &&mut Binding| b.context == context && b.command == command;
        match self.bindings.iter_mut().find(same) {
            Some(binding) => (binding.keys, binding.own) = (keys, own),
            None if own => {
                let name = format!("{context}.{command}");
                self.problems.push(Problem::UnknownCommand(name));
            }
            None => self.bindings.push(Binding {
                context: context.to_owned(),
                command: command.to_owned(),
                keys,
                own,
            }),
        }
    }

    /// A key has one meaning in a context: the user's before ours, else the first.
    fn find_conflicts(&mut self) {
        let mut order: Vec<usize> = (0..self.bindings.len()).collect();
        order.sort_by_key(|&i| !self.bindings[i].own);
        for at in 1..order.len() {
            for before in 0..at {
                let (a, b) = (order[before], order[at]);
                if self.bindings[a].context != self.bindings[b].context {
                    continue;
                }
                let taken = self.bindings[a].keys.clone();
                let (context, kept) = (
                    self.bindings[a].context.clone(),
                    self.bindings[a].command.clone(),
                );
                let lost = self.bindings[b].command.clone();
                let problems = &mut self.problems;
                self.bindings[b].keys.retain(|key| {
                    let clash = taken.contains(key);
                    if clash {
                        problems.push(Problem::Conflict {
                            key: *key,
                            context: context.clone(),
                            kept: kept.clone(),
                            lost: lost.clone(),
                        });
                    }
                    !clash
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_names_are_read() {
        assert_eq!(Key::parse("?"), Some(Key::char('?')));
        assert_eq!(Key::parse("space"), Some(Key::char(' ')));
        assert_eq!(Key::parse("f12"), Some(Key::plain(Code::F(12))));
        assert_eq!(Key::parse("f"), Some(Key::char('f')));
        let ctrl_p = Key {
            ctrl: true,
            ..Key::char('p')
        };
        assert_eq!(Key::parse("ctrl-p"), Some(ctrl_p));
        assert_eq!(ctrl_p.to_string(), "^P");
        assert_eq!(Key::parse("hyper"), None);
        assert_eq!(Key::char('？').without_width(), Key::char('?'));
    }

    #[test]
    fn the_embedded_file_is_without_problems() {
        assert_eq!(Bindings::with(None).problems, []);
    }

    #[test]
    fn a_users_key_wins_and_the_clash_is_told() {
        let user = "[library]\nsort = [\"y\"]\nnonsense = [\"x\"]\nyear = [\"hyper\"]\n";
        let all = Bindings::with(Some(user));
        assert!(all.problems.contains(&Problem::UnknownKey("hyper".into())));
        assert!(
            all.problems
                .contains(&Problem::UnknownCommand("library.nonsense".into()))
        );
        let clash = Bindings::with(Some("[library]\nsort = [\"y\"]\n"));
        assert!(matches!(
            &clash.problems[..],
            [Problem::Conflict { kept, lost, .. }] if kept == "sort" && lost == "year"
        ));
    }
}
