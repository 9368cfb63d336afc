//! Which line of a form a printed label names: in full, with a slip, or a piece of it that
//! a converter tore off.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock, OnceLock};

use super::{FormData, Slot, cut, forms, normalised};
use crate::report::Form;
use crate::text::distance::distance;
use crate::text::fold::fold;

/// Shortest piece of a label that says which line it is a piece of, in characters.
const SHORTEST_PIECE: usize = 3;
/// Units that forms print beside a line.
pub const UNITS: [&str; 13] = [
    "人次", "万元", "件", "条", "次", "篇", "人", "个", "元", "份", "项", "起", "宗",
];

/// A wording, character by character, and the lines that bear it.
type Wording = (Vec<char>, Vec<usize>);

/// The labels of one form, for one reading: what words name is found out once and then
/// known, because they are asked for again and again.
pub struct Labels {
    /// The form.
    pub data: &'static FormData,
    table: &'static Table,
    met: RefCell<HashMap<String, Arc<Named>>>,
}

/// What folded words name, as far as somebody has asked.
#[derive(Default)]
struct Named {
    exact: OnceLock<Vec<usize>>,
    debris: OnceLock<bool>,
    word: OnceLock<bool>,
    normal: OnceLock<String>,
}

/// The wordings of a form.
struct Table {
    data: &'static FormData,
    /// Words as the forms print them, which most labels are.
    printed: HashMap<String, Arc<Named>>,
    exact: HashMap<String, Vec<usize>>,
    /// Every wording without brackets, with its line.
    all: Vec<(String, usize)>,
    words: HashSet<String>,
    /// Names of groups of lines, normalised and as they are printed.
    groups: HashSet<String>,
    group_names: Vec<String>,
    /// The wordings that a label with a slip may stand for, by their first and last
    /// characters: those are right in a slip.
    by_ends: HashMap<(char, char), Vec<Wording>>,
    /// All words and wordings, to cut a line at.
    cut: cut::Words,
    /// All words and wordings, a NUL between them, to look for pieces of them at once.
    together: String,
    /// Its characters, and where in them every two that stand side by side are found.
    chars: Vec<char>,
    pairs: HashMap<(char, char), Vec<usize>>,
    /// Of each line: where its values belong.
    slots: Vec<Vec<Slot>>,
}

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| forms().iter().map(Table::new).collect());

impl Labels {
    /// The labels of `form`; none for prose.
    pub fn of(form: Form) -> Option<Self> {
        let table = TABLES.iter().find(|l| l.data.form == form)?;
        Some(Self {
            data: table.data,
            table,
            met: RefCell::default(),
        })
    }

    fn named(&self, folded: &str) -> Arc<Named> {
        if let Some(known) = self.table.printed.get(folded) {
            return Arc::clone(known);
        }
        let mut met = self.met.borrow_mut();
        if let Some(known) = met.get(folded) {
            return Arc::clone(known);
        }
        let named = Arc::<Named>::default();
        met.insert(folded.to_owned(), Arc::clone(&named));
        named
    }

    /// Whether `folded` is the label of some line.
    pub fn is_label(&self, folded: &str) -> bool {
        let named = self.named(folded);
        let exact = named.exact.get_or_init(|| self.table.exact(folded));
        !exact.is_empty()
    }

    /// The lines that `folded` is the label of; several where the form repeats a wording.
    pub fn exact(&self, folded: &str) -> Vec<usize> {
        let named = self.named(folded);
        named.exact.get_or_init(|| self.table.exact(folded)).clone()
    }

    /// The lines whose label `folded` is a piece of.
    pub fn piece(&self, folded: &str) -> Vec<usize> {
        self.table.piece(folded)
    }

    /// Whether `folded` is a header, a caption, a group name or a unit, or pieces of such
    /// words and of labels side by side, as converters leave them.
    pub fn is_debris(&self, folded: &str) -> bool {
        let named = self.named(folded);
        *named.debris.get_or_init(|| self.table.is_debris(folded))
    }

    /// Whether `folded` is a header, caption or group name in full.
    pub fn is_word(&self, folded: &str) -> bool {
        let named = self.named(folded);
        *named.word.get_or_init(|| self.table.is_word(folded))
    }

    /// Whether `folded` is the name of a group of lines.
    pub fn is_group(&self, folded: &str) -> bool {
        self.normal(folded, |name| self.table.groups.contains(name))
    }

    /// Where a label begins behind the name of its group: (三)不予公开1.属于国家秘密
    pub fn behind_group(&self, folded: &str) -> Option<usize> {
        let groups = self.table.group_names.iter();
        let mut rests = groups.filter_map(|g| Some((g.len(), folded.strip_prefix(g.as_str())?)));
        let found = rests.find(|(_, rest)| {
            let label = rest.trim_start();
            let more = !super::without_enumerator(label).is_empty();
            more && (self.is_label(label) || self.behind_group(label).is_some())
        });
        found.map(|(at, rest)| at + rest.len() - rest.trim_start().len())
    }

    /// What `read` makes of `folded` without its enumerator and the like.
    pub fn normal<T>(&self, folded: &str, read: impl FnOnce(&str) -> T) -> T {
        let named = self.named(folded);
        read(named.normal.get_or_init(|| normalised(folded)))
    }

    /// Where the values of a line belong.
    pub fn slots(&self, row: usize) -> &'static [Slot] {
        &self.table.slots[row]
    }

    /// All words and wordings, to cut a line at.
    pub fn cut(&self) -> &cut::Words {
        &self.table.cut
    }

    /// The digits that the form prints before a label: `1` in 1.属于国家秘密.
    pub fn enumerator(&self, folded: &str) -> Option<String> {
        let [row] = self.exact(folded)[..] else {
            return None;
        };
        let printed = fold(&self.data.row[row].printed);
        let end = printed.find('.')?;
        let digits = printed[..end]
            .chars()
            .rev()
            .take_while(char::is_ascii_digit);
        let digits: String = digits.collect();
        (!digits.is_empty()).then(|| digits.chars().rev().collect())
    }

    /// Whether `folded` is the header of a column of table 2.
    pub fn is_column(&self, folded: &str) -> bool {
        let mut heads = self.data.heads.values().flatten();
        self.normal(folded, |label| heads.any(|head| head == label))
    }

    /// Whether `folded` names applicants, as the headers of table 3 do.
    pub fn is_applicant(&self, folded: &str) -> bool {
        let heads = self.data.applicant_words.iter().flatten();
        self.normal(folded, |label| {
            heads.clone().any(|w| w == label) || label == "法人或其他组织"
        })
    }
}

impl Table {
    fn new(data: &'static FormData) -> Self {
        let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
        let mut all = Vec::new();
        for (i, row) in data.row.iter().enumerate() {
            for wording in row.words.iter().chain([&row.printed]) {
                let folded = fold(wording);
                for key in [whole(&folded), bare(&folded)] {
                    let rows = exact.entry(key).or_default();
                    if rows.last() != Some(&i) {
                        rows.push(i);
                    }
                }
                all.push((normalised(&folded), i));
                all.push((flat(&folded), i));
            }
        }
        let groups = data.row.iter().flat_map(|r| &r.group);
        let group_names: Vec<String> = groups.clone().map(|g| fold(g)).collect();
        let heads = data.heads.values().chain(&data.applicant_words).flatten();
        let words = data.words.iter().chain(groups).chain(heads);
        let as_printed: Vec<String> = words.clone().map(|w| fold(w)).collect();
        let words: HashSet<String> = words.map(|w| normalised(&fold(w))).collect();
        let mut by_ends: HashMap<_, Vec<_>> = HashMap::new();
        for (key, rows) in &exact {
            let chars: Vec<char> = key.chars().collect();
            if let (Some(first), Some(last)) = (chars.first(), chars.last()) {
                let alike = by_ends.entry((*first, *last)).or_default();
                alike.push((chars, rows.clone()));
            }
        }
        let together: Vec<&str> = words
            .iter()
            .chain(all.iter().map(|(label, _)| label))
            .map(String::as_str)
            .collect();
        let together = together.join("\0");
        let every = as_printed.iter().chain(all.iter().map(|(label, _)| label));
        let cut = cut::Words::new(&data.chapters, every.cloned());
        let rows = data.row.iter();
        let wordings = rows.flat_map(|r| r.words.iter().chain(&r.group).chain([&r.printed]));
        let heads = data.heads.values().chain(&data.applicant_words).flatten();
        let printed = data.words.iter().chain(wordings).chain(heads);
        Self {
            data,
            exact,
            cut,
            pairs: pairs(&together),
            chars: together.chars().collect(),
            slots: data.row.iter().map(|r| data.slots(r)).collect(),
            together,
            printed: printed.map(|w| (fold(w), Arc::default())).collect(),
            all,
            words,
            groups: group_names.iter().map(|g| normalised(g)).collect(),
            group_names,
            by_ends,
        }
    }

    fn exact(&self, folded: &str) -> Vec<usize> {
        let whole = whole(folded);
        let (key, bare) = (whole.as_str(), bare(folded));
        if key.is_empty() || bare.is_empty() && key.chars().count() > 40 {
            return Vec::new();
        }
        for key in [key, bare.as_str()] {
            if let Some(rows) = self.exact.get(key) {
                return rows.clone();
            }
        }
        for unit in UNITS {
            if let Some(rows) = bare.strip_suffix(unit).and_then(|k| self.exact.get(k)) {
                return rows.clone();
            }
            let label = bare.strip_suffix(unit).map(without_count);
            if let Some(rows) = label.and_then(|k| self.exact.get(k)) {
                return rows.clone();
            }
        }
        self.slip(&bare)
    }

    /// A label with one or two characters wrong, left out or doubled.
    fn slip(&self, bare: &str) -> Vec<usize> {
        let label: Vec<char> = bare.chars().collect();
        if label.len() < 6 || label.len() > 45 {
            return Vec::new();
        }
        let most = if label.len() < 10 { 1 } else { 2 };
        let mut best = (most + 1, Vec::new());
        let alike = self.by_ends.get(&(label[0], label[label.len() - 1]));
        for (key, rows) in alike.into_iter().flatten() {
            if key.len().abs_diff(label.len()) > most {
                continue;
            }
            let distance = distance(key, &label);
            if distance < best.0 {
                best = (distance, rows.clone());
            } else if distance == best.0 && best.1 != *rows {
                best.1.clear();
            }
        }
        if best.0 <= most { best.1 } else { Vec::new() }
    }

    fn piece(&self, folded: &str) -> Vec<usize> {
        let piece = normalised(folded);
        if piece.chars().count() < SHORTEST_PIECE {
            return Vec::new();
        }
        let mut rows: Vec<usize> = Vec::new();
        let finder = memchr::memmem::Finder::new(&piece);
        if finder.find(self.together.as_bytes()).is_none() {
            return rows;
        }
        for (label, row) in &self.all {
            if rows.last() != Some(row) && finder.find(label.as_bytes()).is_some() {
                rows.push(*row);
            }
        }
        rows
    }

    fn is_debris(&self, folded: &str) -> bool {
        let text = flat(folded);
        if text.is_empty() || self.words.contains(&text) || self.words.contains(&normalised(folded))
        {
            return true;
        }
        let chars: Vec<char> = text.chars().collect();
        if chars.len() > 80 {
            return false;
        }
        // Greedy from the left: the longest piece of a word, two characters at least.
        let mut at = 0;
        while at < chars.len() {
            let Some(next) = chars.get(at + 1) else {
                return false;
            };
            let places = self.pairs.get(&(chars[at], *next)).into_iter().flatten();
            let alike = |place: &usize| {
                let both = self.chars[*place..].iter().zip(&chars[at..]);
                both.take_while(|(a, b)| a == b).count()
            };
            let longest = places.map(alike).max();
            match longest {
                Some(len) => at += len,
                None => return false,
            }
        }
        true
    }

    fn is_word(&self, folded: &str) -> bool {
        self.words.contains(&normalised(folded)) || self.words.contains(&flat(folded))
    }
}

/// Every two characters side by side, and the places of the first of them.
fn pairs(text: &str) -> HashMap<(char, char), Vec<usize>> {
    let mut pairs: HashMap<_, Vec<usize>> = HashMap::new();
    let neighbours = text.chars().zip(text.chars().skip(1));
    for (place, pair) in neighbours.enumerate() {
        pairs.entry(pair).or_default().push(place);
    }
    pairs
}

/// A label without enumerator and punctuation, what stands in brackets included.
fn flat(folded: &str) -> String {
    let open: String = folded
        .chars()
        .map(|c| {
            if matches!(c, '(' | ')' | '[' | ']' | '【' | '】') {
                ' '
            } else {
                c
            }
        })
        .collect();
    // An enumerator in brackets is one still.
    let text = super::without_enumerator(folded.trim_start_matches([' ', '|']));
    if text.len() < folded.len() && !text.is_empty() {
        let inner: String = text
            .chars()
            .filter(|c| !matches!(c, '(' | ')' | '[' | ']' | '【' | '】'))
            .collect();
        return normalised(&inner);
    }
    normalised(&open)
}

fn whole(folded: &str) -> String {
    without_count(&flat(folded)).to_owned()
}

fn bare(folded: &str) -> String {
    without_count(&normalised(folded)).to_owned()
}

/// 申请办结数 → 申请办结
fn without_count(label: &str) -> &str {
    let cut = ["总数量", "总数", "数量", "数"]
        .iter()
        .find_map(|end| label.strip_suffix(end));
    cut.filter(|l| l.chars().count() >= 2).unwrap_or(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(form: Form, label: &str) -> Vec<&'static str> {
        let labels = Labels::of(form).expect("a form");
        let rows = labels.exact(&fold(label));
        rows.iter()
            .map(|r| labels.data.row[*r].cell.as_str())
            .collect()
    }

    #[test]
    fn labels_are_known_by_any_wording() {
        for (form, label, cell) in [
            (Form::D, "一、本年新收政府信息公开申请数量", "received.new"),
            (
                Form::D,
                "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
                "partial",
            ),
            (Form::D, "5.属于三类内容事务信息", "denied.internal"),
            (Form::D, "6. 属于四类过程性性信息", "denied.process"),
            (Form::D, "3.危及“三安全一稳定”", "denied.safety"),
            (
                Form::D,
                "１．申請人無正當理由逾期不補正、行政機關不再處理其政府信息公開申請",
                "other.overdue_correction",
            ),
            (Form::B, "2.同意公开答复数 件", "3.3.2"),
            (Form::B, "4.不同意公开答复数", "3.3.4"),
            (
                Form::B,
                "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
                "1.1",
            ),
            (Form::A, "04 新增的行政规范性文件数", "04"),
            (Form::A, "４．複製費（光盤）", "47"),
        ] {
            let found = cells(form, label);
            assert!(found.contains(&cell), "{label}: {found:?}");
        }
        assert_eq!(cells(Form::A, "４．複製費（光盤）"), ["41", "47"]);
        for label in ["公开数量", "不予公开", "重复", "一、概述"] {
            assert!(cells(Form::D, label).is_empty(), "{label}");
        }
    }

    #[test]
    fn pieces_and_debris_are_known() {
        let labels = Labels::of(Form::D).expect("a form");
        assert_eq!(labels.piece("行政机关不再处理其政").len(), 2);
        assert_eq!(labels.piece("缴纳费用、行政机关不再处理其政").len(), 1);
        for debris in [
            "社会法律",
            "总计结果结果其他尚未",
            "信息内容本年处理决定数量",
            "申请人情况",
        ] {
            assert!(labels.is_debris(debris), "{debris}");
        }
        assert!(!labels.is_debris("五、存在的主要问题及改进情况"));
    }
}
