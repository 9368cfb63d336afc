//! A user's own `indicators.toml` over the embedded catalogue.
//!
//! An entry with a known key adds label words and may rename; any other is a new indicator,
//! which needs a name and a unit. A slip spoils its own entry only, and is named.

use std::sync::OnceLock;

use serde::Deserialize;
use toml::Spanned;

use super::{Catalogue, Group, Indicator};
use crate::figure::grammar::Grammar;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    group: Vec<Group>,
    #[serde(default)]
    indicator: Vec<Spanned<toml::Table>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    zh: Option<String>,
    en: Option<String>,
    unit: Option<String>,
    group: Option<String>,
    parent: Option<String>,
    stock: Option<bool>,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    part: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    about: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    kind: Vec<String>,
    #[serde(default)]
    joint: Vec<String>,
    #[serde(default)]
    sum: Vec<String>,
}

/// `base` with the entries of `toml`, and what of it could not be understood.
pub(super) fn lay_over(base: &Catalogue, toml: &str) -> (Catalogue, Vec<String>) {
    let mut catalogue = Catalogue {
        places: OnceLock::new(),
        ..base.clone()
    };
    let file: File = match toml::from_str(toml) {
        Ok(file) => file,
        Err(error) => return (catalogue, vec![one_line(&error, toml)]),
    };
    let mut wrong = Vec::new();
    for group in file.group {
        if catalogue.groups.iter().all(|g| g.name != group.name) {
            catalogue.groups.push(group);
        }
    }
    for table in file.indicator {
        let line = line_of(toml, table.span().start);
        let table = table.into_inner();
        let named = table
            .get("key")
            .and_then(toml::Value::as_str)
            .unwrap_or("?")
            .to_owned();
        let entry = Entry::deserialize(table).map_err(|e| e.message().trim().to_owned());
        if let Err(reason) = entry.and_then(|entry| add(&mut catalogue, entry)) {
            wrong.push(format!("line {line}: {named}: {reason}"));
        }
    }
    (catalogue, wrong)
}

fn add(catalogue: &mut Catalogue, entry: Entry) -> Result<(), String> {
    let words = [
        &entry.labels,
        &entry.short,
        &entry.part,
        &entry.after,
        &entry.none,
        &entry.about,
        &entry.not,
        &entry.kind,
        &entry.joint,
    ];
    for word in words.into_iter().flatten() {
        if word.split_whitespace().next().is_none() {
            return Err("a label without words".to_owned());
        }
    }
    if let Some(parent) = entry
        .parent
        .as_deref()
        .filter(|p| place(catalogue, p).is_none())
    {
        return Err(format!("no indicator {parent} to be a part of"));
    }
    if let Some(group) = &entry.group
        && catalogue.groups.iter().all(|g| g.name != *group)
    {
        return Err(format!("no group {group}"));
    }
    for unit in entry.units.iter().chain(&entry.unit) {
        let known = Grammar::embedded().base_units();
        if !known.contains(&unit.as_str()) {
            return Err(format!("no unit {unit}; known are {}", known.join(" ")));
        }
    }
    let place = match place(catalogue, &entry.key) {
        Some(place) => {
            let unit = &catalogue.indicators[place].unit;
            if entry.unit.as_ref().is_some_and(|own| own != unit) {
                return Err(format!("counted in {unit}: its unit stays"));
            }
            place
        }
        None => {
            catalogue.indicators.push(new(&entry)?);
            catalogue.indicators.len() - 1
        }
    };
    let indicator = &mut catalogue.indicators[place];
    let folded = |words: Vec<String>| words.into_iter().map(|w| fold_label(&w));
    indicator.labels.extend(folded(entry.labels));
    indicator.short.extend(folded(entry.short));
    indicator.part.extend(folded(entry.part));
    indicator.after.extend(folded(entry.after));
    indicator.none.extend(folded(entry.none));
    indicator.about.extend(folded(entry.about));
    indicator.not.extend(folded(entry.not));
    indicator.kind.extend(folded(entry.kind));
    indicator.joint.extend(folded(entry.joint));
    indicator.sum.extend(entry.sum);
    if !indicator.units.is_empty() {
        indicator.units.extend(entry.units);
    } else if entry.units.is_empty() {
        // Any unit, as before.
    } else {
        indicator.units = entry.units;
    }
    let set = |field: &mut String, value: Option<String>| {
        if let Some(value) = value {
            *field = value;
        }
    };
    set(&mut indicator.zh, entry.zh);
    set(&mut indicator.en, entry.en);
    set(&mut indicator.group, entry.group);
    indicator.parent = entry.parent.or(indicator.parent.take());
    Ok(())
}

/// Place of an indicator while others are being added.
fn place(catalogue: &Catalogue, key: &str) -> Option<usize> {
    catalogue.indicators.iter().position(|i| i.key == key)
}

fn new(entry: &Entry) -> Result<Indicator, String> {
    let needs = |what: &str| format!("a new indicator needs {what}");
    let well_formed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c);
    if !entry.key.contains('.') || !entry.key.chars().all(well_formed) {
        return Err("a key is small letters with a point, such as own.letters".to_owned());
    }
    let zh = entry.zh.clone().ok_or_else(|| needs("zh"))?;
    Ok(Indicator {
        key: entry.key.clone(),
        en: entry.en.clone().unwrap_or_else(|| zh.clone()),
        zh,
        unit: entry.unit.clone().ok_or_else(|| needs("unit"))?,
        group: entry.group.clone().ok_or_else(|| needs("group"))?,
        parent: None,
        stock: entry.stock.unwrap_or(false),
        labels: Vec::new(),
        short: Vec::new(),
        none: Vec::new(),
        part: Vec::new(),
        after: Vec::new(),
        about: Vec::new(),
        not: Vec::new(),
        units: Vec::new(),
        kind: Vec::new(),
        joint: Vec::new(),
        sum: Vec::new(),
    })
}

/// A label as texts are compared: the blanks between its words stay.
fn fold_label(label: &str) -> String {
    let words = label.split_whitespace().map(crate::text::fold::fold);
    words.collect::<Vec<_>>().join(" ")
}

/// The line, from 1, in which byte `at` stands.
fn line_of(toml: &str, at: usize) -> usize {
    toml[..at.min(toml.len())].matches('\n').count() + 1
}

/// Where and why a file cannot be read, in one line.
fn one_line(error: &toml::de::Error, toml: &str) -> String {
    let line = error.span().map(|span| line_of(toml, span.start));
    let message = error.message().trim().replace('\n', " ");
    match line {
        Some(line) => format!("line {line}: {message}"),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(toml: &str) -> (Catalogue, Vec<String>) {
        lay_over(Catalogue::embedded(), toml)
    }

    #[test]
    fn a_known_key_gets_more_labels() {
        let (catalogue, wrong) = laid(
            "[[indicator]]\nkey = 'requests.channel.online'\nlabels = ['掌上 申請']\nzh = '网络'",
        );
        assert!(wrong.is_empty(), "{wrong:?}");
        let online = catalogue.get("requests.channel.online").expect("known");
        assert!(online.labels.iter().any(|l| l == "掌上 申请"), "folded");
        assert!(online.labels.len() > 1, "those before stay");
        assert_eq!(online.zh, "网络");
    }

    #[test]
    fn another_key_is_a_new_indicator() {
        let (catalogue, wrong) = laid(
            "[[group]]\nname = 'own'\nzh = '自定'\nen = 'Own'\n\
             [[indicator]]\nkey = 'own.hearings'\nzh = '听证会'\nunit = '次'\ngroup = 'own'\nlabels = ['听证会']",
        );
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(catalogue.get("own.hearings").expect("new").en, "听证会");
    }

    #[test]
    fn a_slip_spoils_its_own_entry_and_is_one_line() {
        let good = "[[indicator]]\nkey = 'staff.total'\nlabels = ['经办 人']\n";
        for (bad, named) in [
            ("[[indicator]]\nkey = 'own.x'\nunit = '件'", "own.x: "),
            (
                "[[indicator]]\nkey = 'staff.total'\nlabel = ['x']",
                "staff.total: ",
            ),
            (
                "[[indicator]]\nkey = 'staff.total'\nparent = 'no.such'",
                "no.such",
            ),
            (
                "[[indicator]]\nkey = 'own.x'\nzh = 'x'\nunit = '斗'\ngroup = 'staff'",
                "no unit 斗; known are 元 %",
            ),
            (
                "[[indicator]]\nkey = 'staff.total'\nunits = ['斗']",
                "line 4: staff.total: no unit 斗",
            ),
            (
                "[[indicator]]\nkey = 'staff.total'\nunit = '件'",
                "counted in 人",
            ),
            (
                "[[indicator]]\nkey = 'Own'\nzh = 'x'\nunit = 'x'\ngroup = 'staff'",
                "Own: ",
            ),
        ] {
            let (catalogue, wrong) = laid(&format!("{good}{bad}\n"));
            assert_eq!(wrong.len(), 1, "{bad}: {wrong:?}");
            assert!(
                wrong[0].contains(named) && !wrong[0].contains('\n'),
                "{wrong:?}"
            );
            let staff = catalogue.get("staff.total").expect("known");
            assert!(staff.labels.iter().any(|l| l == "经办 人"), "{bad}");
        }
        let (catalogue, wrong) = laid("[[indicator]]\nkey = \n");
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].starts_with("line 2"), "{wrong:?}");
        assert_eq!(
            catalogue.indicators.len(),
            Catalogue::embedded().indicators.len()
        );
    }
}
