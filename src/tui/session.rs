//! What is remembered from one time to the next: a small file in the state directory.
//! Not being able to read or write it is no misfortune.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::action::Spot;
use super::state::{Input, Marked, Place, State};
use crate::config::language::Language;
use crate::query::Grouping;

/// Name of the file.
const FILE: &str = "session.json";

/// Where one was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// The corpus it was in; reports and marks of another one mean nothing.
    pub corpus: String,
    /// The screen.
    pub place: Place,
    /// The report that was read, and where.
    pub report: Option<(String, usize)>,
    /// Reports marked for comparison.
    pub marks: Vec<Marked>,
    /// Queries.
    pub history: Vec<String>,
    /// How the tree is built.
    pub grouping: Grouping,
    /// Indicators beside the reports.
    pub columns: Option<Vec<String>>,
    /// Theme, when another than configured was chosen.
    pub theme: Option<String>,
    /// Language, when another than configured was chosen.
    pub language: Option<Language>,
}

impl Session {
    /// The language to begin with: one given on the command line goes before the one
    /// remembered, and that before the one `configured`.
    pub fn spoken(configured: Language, given: bool, remembered: Option<Language>) -> Language {
        match given {
            true => configured,
            false => remembered.unwrap_or(configured),
        }
    }

    /// The language to remember at the end. One given on the command line and not changed
    /// since leaves what was remembered as it is.
    pub fn kept(
        now: Language,
        configured: Language,
        given: bool,
        remembered: Option<Language>,
    ) -> Option<Language> {
        match now == configured {
            true => remembered.filter(|_| given),
            false => Some(now),
        }
    }

    /// Reads what was remembered; nothing when there is nothing.
    pub fn load(dir: &Path) -> Self {
        let file = std::fs::read(dir.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&file).unwrap_or_default()
    }

    /// Remembers. A file half written is never left: it is written aside and renamed.
    ///
    /// # Errors
    /// The operating system's, for those who want to know.
    pub fn save(&self, dir: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(dir)?;
        let aside = dir.join(format!("{FILE}.{}", std::process::id()));
        std::fs::write(&aside, serde_json::to_vec_pretty(self)?)?;
        std::fs::rename(aside, dir.join(FILE))
    }

    /// What is worth remembering of a state.
    pub fn of(state: &State, corpus: &str) -> Self {
        let report = state.reader.doc.as_ref();
        Self {
            corpus: corpus.to_owned(),
            place: state.place,
            report: report.map(|d| (d.id.clone(), state.reader.source_at_top())),
            marks: state.marks.clone(),
            history: state.search.history.clone(),
            grouping: state.library.grouping,
            columns: Some(state.library.columns.clone()),
            theme: None,
            language: None,
        }
    }

    /// Puts what was remembered into a fresh state. The program begins in the library, as
    /// one expects; what was read last is one key away.
    pub fn restore(self, state: &mut State, corpus: &str) {
        state.search.history = self.history;
        state.search.input = Input::default();
        state.library.grouping = self.grouping;
        if let Some(columns) = self.columns.filter(|c| !c.is_empty()) {
            state.library.columns = columns;
        }
        if self.corpus == corpus {
            state.marks = self.marks;
            if let Some((id, at)) = self.report {
                state.reader.wanted = Some(Spot { id, range: at..at });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::command::Keymap;
    use std::sync::Arc;

    #[test]
    fn a_language_given_now_goes_before_the_remembered_one_and_is_not_kept() {
        use Language::{En, Zh};
        assert_eq!(Session::spoken(Zh, true, Some(En)), Zh);
        assert_eq!(Session::spoken(Zh, false, Some(En)), En);
        assert_eq!(Session::spoken(Zh, false, None), Zh);
        assert_eq!(Session::kept(Zh, Zh, true, Some(En)), Some(En));
        assert_eq!(Session::kept(En, Zh, true, None), Some(En));
        assert_eq!(Session::kept(Zh, Zh, false, Some(En)), None);
    }

    #[test]
    fn what_was_remembered_comes_back_and_rubbish_is_forgotten() {
        let dir = tempfile::tempdir().expect("a folder");
        let session = Session {
            corpus: "a".into(),
            history: vec!["申请".into()],
            marks: vec![Marked {
                id: "1".into(),
                name: "三亚市 2011".into(),
            }],
            ..Session::default()
        };
        session.save(dir.path()).expect("written");
        assert_eq!(Session::load(dir.path()), session);
        let mut state = State::new(Language::Zh, Arc::new(Keymap::new(None)));
        session.restore(&mut state, "b");
        assert_eq!((state.marks.len(), state.search.history.len()), (0, 1));
        std::fs::write(dir.path().join(FILE), "{rubbish").expect("written");
        assert_eq!(Session::load(dir.path()), Session::default());
    }
}
