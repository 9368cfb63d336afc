//! Which line of a form a printed label names: in full, with a slip, or a piece of it that
//! a converter tore off.

mod wordings;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use wordings::Table;

use super::{FormData, Slot, cut, forms, normalised};
use crate::report::Form;
use crate::text::fold::fold;

/// Units that forms print beside a line.
pub const UNITS: [&str; 13] = [
    "人次", "万元", "件", "条", "次", "篇", "人", "个", "元", "份", "项", "起", "宗",
];

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
