//! The command table. Keys, palette, help, footer and the documentation of keys are all
//! made from it; what a command is called stands in the language files under `command`.

use std::collections::HashMap;

use crate::config::keymap::{Bindings, Code, Key, Problem};
use crate::config::language::Language;
use crate::report::Part;

/// Where a key means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere.
    Global,
    /// Everywhere something can be moved in.
    Move,
    /// Place 1.
    Library,
    /// Place 2.
    Reader,
    /// Place 3.
    Search,
    /// Place 4.
    Compare,
    /// Place 5.
    Analysis,
}

impl Context {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 7] = [
        Self::Library,
        Self::Reader,
        Self::Search,
        Self::Compare,
        Self::Analysis,
        Self::Move,
        Self::Global,
    ];

    /// Its table in the key file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Move => "move",
            Self::Library => "library",
            Self::Reader => "reader",
            Self::Search => "search",
            Self::Compare => "compare",
            Self::Analysis => "analysis",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }
}

macro_rules! commands {
    ($($variant:ident $name:literal in $($context:ident)+;)+) => {
        /// Something a person can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the language files say what each one does")]
        pub enum Command { $($variant),+ }

        impl Command {
            /// All of them, in the order of the palette.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in the key file.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Where it can be asked for.
            pub fn contexts(self) -> &'static [Context] {
                match self { $(Self::$variant => &[$(Context::$context),+]),+ }
            }
        }
    };
}

commands! {
    Open "open" in Move;
    Close "close" in Move;
    Next "next" in Move;
    Previous "previous" in Move;
    Up "up" in Move;
    Down "down" in Move;
    Left "left" in Move;
    Right "right" in Move;
    PageUp "page_up" in Move;
    PageDown "page_down" in Move;
    First "first" in Move Reader;
    Last "last" in Move;
    Mark "mark" in Library Reader;
    CompareMarked "compare_marked" in Library Reader;
    Correct "correct" in Library Reader;
    Copies "copies" in Library Reader;
    Unmark "unmark" in Library;
    Filter "filter" in Library Analysis;
    Sort "sort" in Library;
    Reverse "reverse" in Library Analysis;
    Year "year" in Library Analysis;
    Group "group" in Library;
    Columns "columns" in Library;
    Show "show" in Library;
    Trend "trend" in Library;
    Preview "preview" in Library;
    Outline "outline" in Reader;
    PartOverview "part_overview" in Reader;
    PartDisclosure "part_disclosure" in Reader;
    PartRequests "part_requests" in Reader;
    PartConsult "part_consult" in Reader;
    PartDisputes "part_disputes" in Reader;
    PartFees "part_fees" in Reader;
    PartStaff "part_staff" in Reader;
    PartProblems "part_problems" in Reader;
    PartOther "part_other" in Reader;
    PartAppendix "part_appendix" in Reader;
    NextSection "next_section" in Reader;
    PreviousSection "previous_section" in Reader;
    NextFigure "next_figure" in Reader;
    PreviousFigure "previous_figure" in Reader;
    Find "find" in Reader;
    NextHit "next_hit" in Reader;
    PreviousHit "previous_hit" in Reader;
    Folded "folded" in Reader;
    Metadata "metadata" in Reader;
    Findings "findings" in Reader;
    Copy "copy" in Reader;
    Editor "editor" in Reader;
    Query "query" in Search;
    Differences "differences" in Compare;
    Percent "percent" in Compare;
    Bars "bars" in Compare;
    Indicators "indicators" in Compare;
    Swap "swap" in Compare;
    Texts "texts" in Compare;
    Fold "fold" in Compare;
    FoldAll "fold_all" in Compare;
    Export "export" in Compare;
    Remove "remove" in Compare;
    View "view" in Analysis;
    Rule "rule" in Analysis;
    Level "level" in Analysis;
    Severity "severity" in Analysis;
    Review "review" in Analysis;
    Library "library" in Global;
    Reader "reader" in Global;
    Search "search" in Global;
    Compare "compare" in Global;
    Analysis "analysis" in Global;
    Back "back" in Global;
    Forward "forward" in Global;
    Palette "palette" in Global;
    Help "help" in Global;
    Failures "failures" in Global;
    Rescan "rescan" in Global;
    Language "language" in Global;
    Theme "theme" in Global;
    Mouse "mouse" in Global;
    Redraw "redraw" in Global;
    Suspend "suspend" in Global;
    Quit "quit" in Global;
}

impl Command {
    /// What it is called where it is asked for: a few words.
    pub fn label(self, context: Context, language: Language) -> String {
        let special = format!("command.{}_{}", context.name(), self.name());
        let text = language.text(&special);
        if text != special {
            return text.to_owned();
        }
        language
            .text(&format!("command.{}", self.name()))
            .to_owned()
    }

    /// The canonical part that it jumps to.
    pub fn part(self) -> Option<Part> {
        Some(match self {
            Self::PartOverview => Part::Overview,
            Self::PartDisclosure => Part::Disclosure,
            Self::PartRequests => Part::Requests,
            Self::PartConsult => Part::Consult,
            Self::PartDisputes => Part::Disputes,
            Self::PartFees => Part::Fees,
            Self::PartStaff => Part::Staff,
            Self::PartProblems => Part::Problems,
            Self::PartOther => Part::Other,
            Self::PartAppendix => Part::Appendix,
            _ => return None,
        })
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.name() == name)
    }

    /// Whether it is about moving, which nobody needs to look for in a palette.
    pub fn is_motion(self) -> bool {
        self.contexts().contains(&Context::Move)
    }
}

/// Which key asks for what, where.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    commands: HashMap<(Context, Key), Command>,
    keys: HashMap<(Context, Command), Vec<Key>>,
    /// What was wrong with the key files.
    pub problems: Vec<Problem>,
}

impl Keymap {
    /// The embedded keys with the user's file over them.
    pub fn new(user: Option<&str>) -> Self {
        let bindings = Bindings::with(user);
        let mut map = Self {
            problems: bindings.problems,
            ..Self::default()
        };
        for b in bindings.bindings {
            let known = Context::named(&b.context).zip(Command::named(&b.command));
            let Some((context, command)) =
                known.filter(|(context, command)| command.contexts().contains(context))
            else {
                let name = format!("{}.{}", b.context, b.command);
                map.problems.push(Problem::UnknownCommand(name));
                continue;
            };
            for key in &b.keys {
                map.commands.insert((context, *key), command);
            }
            map.keys.insert((context, command), b.keys);
        }
        map
    }

    /// What `key` asks for, in the first of `contexts` in which it means something.
    pub fn command(&self, key: Key, contexts: &[Context]) -> Option<Command> {
        let find = |key: Key| {
            contexts
                .iter()
                .find_map(|&context| self.commands.get(&(context, key)).copied())
        };
        find(key).or_else(|| find(key.without_width()))
    }

    /// The keys of a command in a context, the one to show first.
    pub fn keys(&self, context: Context, command: Command) -> &[Key] {
        self.keys
            .get(&(context, command))
            .map_or(&[], Vec::as_slice)
    }

    /// The key to show for a command: in `context`, else wherever it has one.
    pub fn key(&self, context: Context, command: Command) -> Option<Key> {
        let contexts = [context, Context::Move, Context::Global];
        let mut all = contexts.iter().chain(command.contexts());
        all.find_map(|&c| self.keys(c, command).first().copied())
    }

    /// A problem as a line for a person.
    pub fn explain(problem: &Problem, language: Language) -> String {
        match problem {
            Problem::Syntax(why) => language.fill("keys.syntax", &[("why", why)]),
            Problem::UnknownKey(key) => language.fill("keys.unknown_key", &[("key", key)]),
            Problem::UnknownCommand(name) => {
                language.fill("keys.unknown_command", &[("command", name)])
            }
            Problem::Conflict {
                key,
                context,
                kept,
                lost,
            } => language.fill(
                "keys.conflict",
                &[
                    ("key", &key.to_string()),
                    ("context", context),
                    ("kept", kept),
                    ("lost", lost),
                ],
            ),
        }
    }
}

/// Whether a key types a character where there is a field to type into.
pub fn typed(key: Key) -> Option<char> {
    match key.code {
        Code::Char(c) if !key.ctrl && !key.alt => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_key_and_a_name_in_both_languages() {
        let map = Keymap::new(None);
        assert_eq!(map.problems, []);
        for &command in Command::ALL {
            for &context in command.contexts() {
                assert!(!map.keys(context, command).is_empty(), "{command:?}");
                for language in [Language::Zh, Language::En] {
                    let label = command.label(context, language);
                    assert!(!label.starts_with("command."), "{label}");
                }
            }
        }
    }

    #[test]
    fn full_width_keys_do_what_their_twins_do() {
        let map = Keymap::new(None);
        for (wide, narrow) in [('？', '?'), ('：', ':'), ('／', '/'), ('３', '3')] {
            let contexts = [Context::Library, Context::Move, Context::Global];
            let command = map.command(Key::char(wide), &contexts);
            assert!(command.is_some(), "{wide}");
            assert_eq!(command, map.command(Key::char(narrow), &contexts));
        }
    }

    #[test]
    fn no_key_of_a_place_hides_one_that_is_needed_everywhere() {
        let map = Keymap::new(None);
        for command in [
            Command::Palette,
            Command::Help,
            Command::Quit,
            Command::Library,
        ] {
            for key in map.keys(Context::Global, command) {
                for context in Context::ALL {
                    let hidden =
                        context != Context::Global && map.command(*key, &[context]).is_some();
                    assert!(!hidden, "{key} in {context:?}");
                }
            }
        }
    }
}
