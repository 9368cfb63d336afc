//! The tree beside the list.

use super::{anew, list, panes, refresh, seen, totals};
use crate::query::Grouping;
use crate::tui::action::Job;
use crate::tui::command::Command;
use crate::tui::state::{Cursor, Focus, State};
use crate::tui::update::step;

/// Builds the tree another way.
pub fn group(state: &mut State, grouping: Grouping) -> Vec<Job> {
    let library = &mut state.library;
    library.grouping = grouping;
    library.turned.clear();
    library.tree = Cursor::default();
    library.part = Default::default();
    library.part_name.clear();
    anew(state);
    refresh(state)
}

/// Moves in the tree; opens and closes its branches.
pub(super) fn moved(state: &mut State, command: Command) -> Vec<Job> {
    let height = usize::from(panes(state).tree.h);
    let branches = state.library.branches();
    let branch = state
        .library
        .tree
        .at
        .checked_sub(1)
        .and_then(|i| branches.get(i).copied());
    let library = &mut state.library;
    match (command, branch) {
        (Command::Open, _) => {
            library.focus = Focus::Main;
            return seen(state);
        }
        (Command::Right, Some(b)) if b.open == Some(false) => {
            let path = library.path(b.node);
            library.turn(path);
        }
        (Command::Right, _) => {
            library.focus = Focus::Main;
            return seen(state);
        }
        (Command::Left, Some(b)) => {
            if b.open == Some(true) {
                let path = library.path(b.node);
                library.turn(path);
            } else {
                let depth = library.nodes[b.node].depth;
                let parent = branches
                    .iter()
                    .rposition(|o| o.node < b.node && library.nodes[o.node].depth < depth);
                let at = parent.map_or(0, |p| p + 1);
                library.tree.select(at, branches.len() + 1, height);
                return choose(state);
            }
        }
        _ => {
            if let Some(step) = step(command) {
                library.tree.step(step, branches.len() + 1, height);
                return choose(state);
            }
        }
    }
    let len = library.branches().len() + 1;
    library.tree.fit(len, height);
    Vec::new()
}

/// Lists the part of the tree under its cursor.
pub fn choose(state: &mut State) -> Vec<Job> {
    let library = &mut state.library;
    let branches = library.branches();
    let node = library.tree.at.checked_sub(1).and_then(|i| branches.get(i));
    let (part, name) = match node {
        Some(b) => (library.nodes[b.node].filter.clone(), library.path(b.node)),
        None => Default::default(),
    };
    if library.part == part && library.part_name == name {
        return Vec::new();
    }
    // The node's filter was made with the words and the year of then; both are added anew.
    library.part = part;
    library.part.text.clear();
    library.part.kind = None;
    library.part.copies = false;
    library.part_name = name;
    anew(state);
    vec![list(state), totals(state)]
}

/// A tree has come.
pub fn grown(state: &mut State, nodes: Vec<crate::query::Node>) -> Vec<Job> {
    let height = usize::from(panes(state).tree.h);
    let library = &mut state.library;
    library.nodes = nodes;
    // The same part stays chosen when branches come and go.
    let branches = library.branches();
    let same = branches
        .iter()
        .position(|b| !library.part_name.is_empty() && library.path(b.node) == library.part_name);
    let at = same.map_or(0, |p| p + 1);
    library.tree.select(at, branches.len() + 1, height);
    Vec::new()
}
