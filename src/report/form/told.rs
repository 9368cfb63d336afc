//! Which form a text follows: by words that only one of them prints.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::normalised;
use super::{FORMS, Form, FormData, forms};
use crate::text::fold::fold;
use crate::text::words::WordList;

/// The anchors of all forms, and which form each belongs to.
static ANCHORS: LazyLock<(WordList, Vec<usize>)> = LazyLock::new(|| {
    let (mut words, mut owners) = (Vec::new(), Vec::new());
    for (i, form) in FORMS.iter().enumerate() {
        words.extend(form.anchors.iter().cloned());
        owners.extend(form.anchors.iter().map(|_| i));
    }
    (words.into(), owners)
});

/// Which form a folded text follows.
pub fn detect(folded: &str) -> Form {
    let (anchors, owners) = &*ANCHORS;
    let mut seen = vec![false; owners.len()];
    anchors.each(folded, |_, place| seen[place] = true);
    for (i, data) in forms().iter().enumerate() {
        let own = owners.iter().zip(&seen);
        let seen = own.filter(|(owner, seen)| **owner == i && **seen).count();
        let needed = match data.form {
            Form::D | Form::C => 1,
            _ => 2,
        };
        if seen >= needed {
            return data.form;
        }
    }
    // Words that only another form prints speak against it.
    let others = |form: &Form| {
        let mut own = owners.iter().zip(&seen);
        own.any(|(owner, seen)| *seen && forms()[*owner].form != *form)
    };
    let by_lines = || by_lines(folded).filter(|f| !others(f));
    by_requests(folded).or_else(by_lines).unwrap_or(Form::P)
}

/// A form of many wordings by three of its lines.
fn by_lines(folded: &str) -> Option<Form> {
    const FEWEST: usize = 3;
    let printed = |data: &&FormData| {
        let lines = data.lines.iter().filter(|l| folded.contains(l.as_str()));
        lines.count() >= FEWEST
    };
    forms().iter().find(printed).map(|data| data.form)
}

/// The labels of table 3 in the forms C and D, as long ones as say which line it is; and
/// which line, form by form, each belongs to.
static REQUESTS: LazyLock<(WordList, Vec<(Form, usize)>)> = LazyLock::new(|| {
    let (mut words, mut owners) = (Vec::new(), Vec::new());
    let both = FORMS.iter().filter(|f| matches!(f.form, Form::C | Form::D));
    for (form, at, row) in both.flat_map(|f| f.row.iter().enumerate().map(|(i, r)| (f.form, i, r)))
    {
        let labels = row.words.iter().chain([&row.printed]);
        for label in labels.map(|w| normalised(&fold(w))) {
            if row.table == "t3" && label.chars().count() >= 6 {
                words.push(label);
                owners.push((form, at));
            }
        }
    }
    (words.into(), owners)
});

/// C or D by the lines of table 3 alone, where table 2 is lost or its headers are.
fn by_requests(folded: &str) -> Option<Form> {
    const FEWEST: usize = 8;
    let (words, owners) = &*REQUESTS;
    let mut seen = HashSet::new();
    words.each(folded, |_, place| {
        seen.insert(owners[place]);
    });
    if seen.iter().filter(|(form, _)| *form == Form::C).count() < FEWEST {
        return None;
    }
    let rows = &forms().iter().find(|f| f.form == Form::D)?.row;
    let overdue =
        |(form, at): &(Form, usize)| *form == Form::D && rows[*at].cell.starts_with("other.");
    // Its lines may be torn.
    let torn = || {
        ["逾期不补正", "未按收费通知", "逾期未按收费"]
            .iter()
            .any(|w| folded.contains(w))
    };
    Some(match seen.iter().any(overdue) || torn() {
        false => Form::C,
        true => Form::D,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_by_their_words() {
        assert_eq!(detect("规章本年制发件数本年废止件数现行有效件数"), Form::D);
        assert_eq!(
            detect("信息内容本年新制作数量本年新公开数量对外公开总数量"),
            Form::C
        );
        assert_eq!(detect("按时办结数 件 3 告知作出更改补充数"), Form::B);
        assert_eq!(
            detect("全年主动公开政府信息12条,其中全文电子化率达98%"),
            Form::P
        );
    }
}
