//! The house keeps its shape: reads `src/` and checks which room imports which, and which
//! libraries each room may name. The rules are those of `src/lib.rs` and the design.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A room and the rooms it may import. Whatever is not listed is forbidden.
const ALLOWED: [(&str, &[&str]); 13] = [
    // Leaves: strings, and the names and data that faces read at start.
    ("text", &[]),
    ("config", &["text"]),
    // The pipeline knows no index and no screen, and each step only those before it.
    ("source", &["text"]),
    ("corpus", &["text", "source"]),
    // `corpus` for what a person says of a file (`gongkai.toml`).
    ("report", &["text", "source", "corpus"]),
    ("figure", &["text", "source", "report"]),
    ("audit", &["text", "source", "report", "figure"]),
    (
        "reading",
        &["text", "source", "corpus", "report", "figure", "audit"],
    ),
    // The cache stores what the pipeline makes; the reading side reads it.
    (
        "index",
        &[
            "text", "source", "corpus", "report", "figure", "audit", "reading",
        ],
    ),
    (
        "query",
        &[
            "text", "source", "corpus", "report", "figure", "audit", "reading", "index",
        ],
    ),
    // Faces. An export speaks the languages of the interface; nothing imports cli but main,
    // nothing imports tui but cli.
    (
        "export",
        &[
            "text", "config", "source", "corpus", "report", "figure", "audit", "reading", "query",
        ],
    ),
    (
        "tui",
        &[
            "text", "config", "source", "corpus", "report", "figure", "audit", "reading", "index",
            "query", "export",
        ],
    ),
    (
        "cli",
        &[
            "text", "config", "source", "corpus", "report", "figure", "audit", "reading", "index",
            "query", "export", "tui",
        ],
    ),
];

/// Libraries that only some places may name.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("tantivy", &["src/index", "src/query"]),
    ("ratatui", &["src/tui"]),
    ("crossterm", &["src/tui"]),
    ("clap", &["src/cli"]),
    ("clap_complete", &["src/cli"]),
    ("clap_mangen", &["src/cli"]),
    ("encoding_rs", &["src/source/decode"]),
];

/// State and update must be testable without a terminal.
const WITHOUT_RATATUI: [&str; 2] = ["src/tui/state", "src/tui/update"];

struct Source {
    /// Relative to the project, with `/`.
    path: String,
    /// Without comments.
    code: String,
    head: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    let read = |file: PathBuf| {
        let text = fs::read_to_string(&file).expect("a source file");
        let path = file.strip_prefix(root).expect("below the project");
        let code = |line: &&str| !line.trim_start().starts_with("//");
        Source {
            path: path.to_string_lossy().replace('\\', "/"),
            code: text.lines().filter(code).collect::<Vec<_>>().join("\n"),
            head: text.lines().next().unwrap_or_default().to_owned(),
        }
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// The modules a file stands in: `src/a/b.rs` is `a`, `b`.
fn modules(path: &str) -> Vec<&str> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').filter(|part| *part != "mod").collect()
}

/// The rooms that a file names, by `crate::room` or by climbing out with `super::`.
fn imports(source: &Source) -> BTreeSet<String> {
    let absolute = Regex::new(r"\bcrate::([a-z_]+)").expect("pattern");
    let climbing = Regex::new(r"\b((?:super::)+)([a-z_]+)").expect("pattern");
    let mut named: BTreeSet<String> = absolute
        .captures_iter(&source.code)
        .map(|c| c[1].to_owned())
        .collect();
    let depth = modules(&source.path).len();
    for climb in climbing.captures_iter(&source.code) {
        if climb[1].matches("super").count() == depth && is_room(&climb[2]) {
            named.insert(climb[2].to_owned());
        }
    }
    named
}

fn is_room(name: &str) -> bool {
    ALLOWED.iter().any(|(room, _)| *room == name)
}

#[test]
fn rooms_import_only_what_they_may() {
    let mut wrong = Vec::new();
    for source in sources() {
        let room = modules(&source.path)[0];
        if matches!(room, "main" | "lib") {
            continue;
        }
        let allowed = ALLOWED.iter().find(|(name, _)| *name == room);
        let Some((_, allowed)) = allowed else {
            wrong.push(format!("{}: no rule for the room {room}", source.path));
            continue;
        };
        for import in imports(&source) {
            if is_room(&import) && import != room && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{} imports {import}", source.path));
            }
        }
        // `use crate::{a, b}` would hide imports from this test.
        if source.code.contains("crate::{") {
            wrong.push(format!("{} imports several rooms in braces", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_are_named_only_where_they_belong() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (library, places) in LIBRARIES {
            let named = Regex::new(&format!(r"\b{library}(::|\s*;|\s+as\b)")).expect("pattern");
            let here = places.iter().any(|place| source.path.starts_with(place));
            if named.is_match(&source.code) && !here {
                wrong.push(format!("{} names {library}", source.path));
            }
        }
        let pure = WITHOUT_RATATUI.iter().any(|p| source.path.starts_with(p));
        if pure && source.code.contains("ratatui") {
            wrong.push(format!("{} names ratatui", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_of_rooms_is_the_table_of_modules() {
    let lib = include_str!("../src/lib.rs");
    let modules: BTreeSet<_> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let rooms: BTreeSet<_> = ALLOWED.iter().map(|(room, _)| *room).collect();
    assert_eq!(modules, rooms);
    // One way only: no two rooms import each other, however far around.
    for (room, _) in ALLOWED {
        assert!(!reaches(room, room), "{room} leads back to itself");
    }
}

fn reaches(from: &str, to: &str) -> bool {
    let allowed = ALLOWED.iter().find(|(room, _)| *room == from);
    allowed.is_some_and(|(_, rooms)| rooms.iter().any(|r| *r == to || reaches(r, to)))
}

#[test]
fn every_file_tells_its_place() {
    let without: Vec<_> = sources()
        .into_iter()
        .filter(|s| !s.head.starts_with("//!") && !s.path.ends_with("/tests.rs"))
        .map(|s| s.path)
        .collect();
    assert!(without.is_empty(), "no `//!` head: {without:?}");
}
