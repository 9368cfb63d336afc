//! The official forms: a correct form with random numbers, written down in any of the
//! shapes that portals and converters leave, comes back cell by cell.

mod blanks;
#[path = "../common/mod.rs"]
mod common;
mod lists;
mod odd;
mod said;

use std::collections::BTreeMap;

use common::forms::{Filled, Random};
use common::read;
use common::shapes::{GLUED, SHAPES, Shape};
use gongkai::figure::{Figure, Semantics};
use gongkai::reading::Reading;
use gongkai::report::Form;
use gongkai::report::form::Problem;
use gongkai::source::Format;
use rust_decimal::Decimal;

const FORMS: [Form; 4] = [Form::A, Form::B, Form::C, Form::D];

/// How many random forms are tried: more where `FORM_SEEDS` says so.
fn seeds(usual: u64) -> std::ops::Range<u64> {
    let more = std::env::var("FORM_SEEDS")
        .ok()
        .and_then(|n| n.parse().ok());
    0..more.unwrap_or(usual)
}

fn rendered(form: &Filled, shape: Shape) -> Reading {
    let (text, format) = form.render(shape);
    read(&text, format)
}

fn cells(reading: &Reading) -> BTreeMap<&str, &Figure> {
    let with_cell = reading.figures.iter().filter(|f| f.cell.is_some());
    with_cell
        .map(|f| (f.cell.as_deref().unwrap_or_default(), f))
        .collect()
}

/// What a cell must say: its number, in 元 where it is printed in 万元.
fn wanted(cell: &str, printed: &str) -> Option<Decimal> {
    let value: Decimal = printed.trim_start_matches('+').parse().ok()?;
    let ten_thousands = matches!(
        cell,
        "D/t2/fee.amount" | "C/t2/procurement.amount" | "B/7" | "B/8.4" | "A/52" | "A/53" | "A/54"
    );
    Some(if ten_thousands {
        value * Decimal::from(10_000)
    } else {
        value
    })
}

/// Cells that differ, as `cell: wanted, got`.
fn differences(form: &Filled, shape: Shape, reading: &Reading) -> Vec<String> {
    let found = cells(reading);
    let mut wrong = Vec::new();
    for cell in form.cells() {
        let printed = form.get(&cell);
        let wanted = wanted(&cell, printed);
        let got = found.get(cell.as_str()).map(|f| f.value);
        // Torn tables have lost the header that says 万元.
        let unknown = shape == Shape::Torn && cell == "C/t2/procurement.amount";
        if got != Some(wanted) && !unknown {
            wrong.push(format!("{cell}: {printed:?}, got {got:?}"));
        }
    }
    let known: Vec<String> = form.cells();
    wrong.extend(
        found
            .keys()
            .filter(|c| !known.iter().any(|k| k == *c))
            .map(|c| format!("{c}: not there")),
    );
    wrong
}

#[test]
fn a_form_comes_back_from_every_shape() {
    let mut failures = Vec::new();
    for form in FORMS {
        for shape in SHAPES {
            for seed in seeds(12) {
                let filled = Filled::random(form, &mut Random::new(seed));
                let reading = rendered(&filled, shape);
                let wrong = differences(&filled, shape, &reading);
                if !wrong.is_empty() || reading.report.form != form {
                    let some: Vec<_> = wrong.iter().take(4).collect();
                    failures.push(format!(
                        "{form:?} {shape:?} {seed}: {} {some:?} {:?}",
                        wrong.len(),
                        reading.report.warnings
                    ));
                    break;
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn blanks_stay_blank() {
    for form in FORMS {
        for shape in SHAPES.into_iter().filter(|s| s.shows_blanks()) {
            for seed in seeds(12) {
                let mut random = Random::new(seed);
                let mut filled = Filled::random(form, &mut random);
                for cell in filled.cells() {
                    if random.upto(9) == 0 {
                        filled.set(&cell, "");
                    }
                }
                let reading = rendered(&filled, shape);
                let found = cells(&reading);
                // Bars for spans look like blanks: a row that has both may be left out.
                let floor = if shape == Shape::Padded { 70 } else { 90 };
                for cell in filled.cells() {
                    let Some(figure) = found.get(cell.as_str()) else {
                        continue;
                    };
                    let printed = filled.get(&cell);
                    if shape == Shape::Torn && cell == "C/t2/procurement.amount" {
                        continue;
                    }
                    assert_eq!(
                        figure.value,
                        wanted(&cell, printed),
                        "{form:?} {shape:?} {seed} {cell}"
                    );
                    assert_eq!(figure.semantics == Semantics::Empty, printed.is_empty());
                }
                assert!(
                    found.len() * 100 >= filled.cells().len() * floor,
                    "{form:?} {shape:?} {seed}: {} of {}",
                    found.len(),
                    filled.cells().len()
                );
            }
        }
    }
}

#[test]
fn a_damaged_row_is_left_out_not_misread() {
    for form in [Form::C, Form::D] {
        for shape in SHAPES {
            for seed in seeds(16) {
                let mut random = Random::new(seed);
                let mut filled = Filled::random(form, &mut random);
                if shape.shows_blanks() && seed % 4 > 1 {
                    for cell in filled.cells() {
                        if random.upto(9) == 0 {
                            filled.set(&cell, "");
                        }
                    }
                }
                let whole = cells(&rendered(&filled, shape)).len();
                let damaged = filled.damage(&mut random, seed % 2 == 0);
                let reading = rendered(&filled, shape);
                let found = cells(&reading);
                for cell in filled.cells().iter().filter(|c| c.contains("/t3/")) {
                    if let Some(figure) = found.get(cell.as_str()) {
                        assert_eq!(
                            figure.value,
                            wanted(cell, filled.get(cell)),
                            "{form:?} {shape:?} {seed}: {cell}, damaged was {damaged}"
                        );
                    }
                }
                // On its side the table loses an applicant, upright a line.
                let most = if shape.is_sideways() { 25 } else { 7 };
                assert!(
                    found.len() + most >= whole,
                    "{form:?} {shape:?} {seed}: {} of {whole}",
                    found.len()
                );
                let said = reading.report.tables.iter().any(|t| !t.troubles.is_empty());
                let lost = found.len() < whole;
                assert!(said || !lost, "{form:?} {shape:?} {seed}: {damaged}");
            }
        }
    }
}

#[test]
fn reviews_and_litigation_come_in_many_layouts() {
    let layouts = [
        "| 行政复议 | 行政诉讼 |\n| 未经复议直接起诉 | 复议后起诉 |\n| 1 | 2 | 3 | 4 | 10 | 5 | 0 | 0 | 1 | 6 | 0 | 0 | 2 | 0 | 2 |",
        "行政复议\n行政诉讼\n未经复议直接起诉\n复议后起诉\n结果维持 结果纠正 其他结果 尚未审结 总计\n1 2 3 4 10 5 0 0 1 6 0 0 2 0 2",
        "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结果 结果 其他 尚未 总\n维持 纠正 结果 审结 计 结果 结果 其他 尚未 总\n维持 纠正 结果 审结 计\n1 2 3 4 10 5 0 0 1 6 0 0 2 0 2",
        "行政复议\n| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n| 1 | 2 | 3 | 4 | 10 |\n行政诉讼（未经复议直接起诉）\n| 5 | 0 | 0 | 1 | 6 |\n行政诉讼（复议后起诉）\n| 0 | 0 | 2 | 0 | 2 |",
        "| 类别 | 行政复议 | 未经复议直接起诉 | 复议后起诉 |\n| 结果维持 | 1 | 5 | 0 |\n| 结果纠正 | 2 | 0 | 0 |\n| 其他结果 | 3 | 0 | 2 |\n| 尚未审结 | 4 | 1 | 0 |\n| 总计 | 10 | 6 | 2 |",
        "未经复议直接起诉\n复议后起诉\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n1\n2\n3\n4\n10\n5\n0\n0\n1\n6\n0\n0\n2\n0\n2",
        "| 行政复议 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n| 行政复议 | 1 | 2 | 3 | 4 | 10 |\n| 未经复议直接起诉 | 5 | 0 | 0 | 1 | 6 |\n| 复议后起诉 | 0 | 0 | 2 | 0 | 2 |",
    ];
    let wanted = [1, 2, 3, 4, 10, 5, 0, 0, 1, 6, 0, 0, 2, 0, 2];
    for layout in layouts {
        let text = format!(
            "德清县2022年政府信息公开工作年度报告\n一、总体情况\n全年工作正常开展。\n二、主动公开政府信息情况\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| 规章 | 0 | 0 | 0 |\n四、政府信息公开行政复议、行政诉讼情况\n{layout}\n五、存在的主要问题及改进情况\n人手偏少。\n"
        );
        let reading = read(&text, Format::Txt);
        let found = cells(&reading);
        let slots = Filled {
            form: Form::D,
            printed: BTreeMap::new(),
            damaged: None,
        }
        .data()
        .dispute_slots();
        for (slot, value) in slots.iter().zip(wanted) {
            let got = found.get(slot.cell.as_str()).and_then(|f| f.value);
            assert_eq!(
                got,
                Some(Decimal::from(value)),
                "{} in\n{layout}",
                slot.cell
            );
        }
    }
}

#[test]
fn columns_of_a_list_are_told_by_their_headers() {
    let text = "某县2009年政府信息公开工作年度报告\n一、概述\n全年公开工作正常。\n附表\n\
        | 指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 | 历年累计 |\n\
        | 主动公开政府信息数 | 条 | 01 | 8 | 120 | 310 |\n\
        | 其中：全文电子化的主动公开政府信息数 | 条 | 02 | 7 | 100 | 290 |\n\
        | 现场接待人数 | 人次 | 06 | 1 | 40 |  |\n\
        | 3.否决公开答复总数 | 条 | 20 | 0 | 2 | 3 |\n\
        | 专项经费 | 万元 | 36 | 0 | 3.5 | - |\n";
    let reading = read(text, Format::Md);
    assert_eq!(reading.report.form, Form::A);
    let found = cells(&reading);
    let value = |cell: &str| found.get(cell).and_then(|f| f.value);
    assert_eq!(value("A/01"), Some(Decimal::from(120)));
    assert_eq!(value("A/01/stock"), Some(Decimal::from(310)));
    assert_eq!(
        found["A/01/stock"].indicator.as_deref(),
        Some("disclosure.total_stock")
    );
    assert_eq!(value("A/06"), Some(Decimal::from(40)));
    assert_eq!(found["A/06/stock"].semantics, Semantics::Empty);
    assert_eq!(value("A/20"), Some(Decimal::from(2)));
    assert_eq!(found["A/20"].indicator, None);
    assert_eq!(value("A/36"), Some(Decimal::from(35_000)));
    assert_eq!(found["A/36/stock"].semantics, Semantics::Na);
}

#[test]
fn numbers_that_have_run_together_are_parted_or_left_out() {
    for form in [Form::C, Form::D] {
        for shape in GLUED {
            let (mut read, mut all) = (0, 0);
            for seed in seeds(24) {
                let filled = Filled::random(form, &mut Random::new(seed));
                let reading = self::rendered(&filled, shape);
                let found = cells(&reading);
                all += filled.cells().len();
                read += found.len();
                for cell in filled.cells() {
                    if let Some(figure) = found.get(cell.as_str()) {
                        assert_eq!(
                            figure.value,
                            wanted(&cell, filled.get(&cell)),
                            "{form:?} {shape:?} {seed} {cell}"
                        );
                    }
                }
                let troubles = reading.report.tables.iter().flat_map(|t| &t.troubles);
                let named = troubles.filter(|t| t.problem == Problem::Glued).count();
                let t3 = |c: &&&str| c.contains("/t3/");
                let rows = (found.keys().filter(t3).count()) / 7;
                let lines = filled.data().row.iter().filter(|r| r.table == "t3").count();
                assert_eq!(rows + named, lines, "{form:?} {shape:?} {seed}");
            }
            println!("{form:?} {shape:?}: {read} of {all}");
            assert!(read * 10 >= all * 7, "{form:?} {shape:?}: {read} of {all}");
        }
    }
}

#[test]
fn a_glued_row_that_does_not_add_up_is_left_out() {
    for seed in seeds(40) {
        let mut random = Random::new(seed);
        let mut filled = Filled::random(Form::D, &mut random);
        let cells_of: Vec<String> = filled.cells();
        let t3: Vec<&String> = cells_of.iter().filter(|c| c.contains("/t3/")).collect();
        let cell = t3[random.upto(t3.len() as i64 - 1) as usize].clone();
        let wrong = filled.get(&cell).parse::<i64>().expect("a count") + 1 + random.upto(8);
        filled.set(&cell, wrong);
        let reading = self::rendered(&filled, Shape::Glued);
        let found = cells(&reading);
        for cell in filled.cells() {
            if let Some(figure) = found.get(cell.as_str()) {
                assert_eq!(
                    figure.value,
                    wanted(&cell, filled.get(&cell)),
                    "{seed} {cell}"
                );
            }
        }
    }
}

#[test]
fn what_a_cell_holds_is_told_apart() {
    type Told = (&'static str, Option<i64>, Semantics);
    let contents: [Told; 14] = [
        ("22（其中修订16件）", Some(22), Semantics::Number),
        ("+4", Some(4), Semantics::Number),
        ("-2", Some(-2), Semantics::Number),
        ("增4减1", Some(3), Semantics::Number),
        ("增0/减0", Some(0), Semantics::Zero),
        ("1,234", Some(1234), Semantics::Number),
        ("１２", Some(12), Semantics::Number),
        ("0件", Some(0), Semantics::Zero),
        ("无", None, Semantics::Na),
        ("/", None, Semantics::Na),
        ("—", None, Semantics::Na),
        ("不适用", None, Semantics::Na),
        ("详见附件", None, Semantics::Text),
        ("", None, Semantics::Empty),
    ];
    let grids = [
        Shape::Markdown,
        Shape::Html,
        Shape::Bars,
        Shape::BarLines,
        Shape::SidewaysHtml,
    ];
    for form in [Form::C, Form::D] {
        for shape in grids {
            for (printed, value, semantics) in contents {
                let mut filled = Filled::random(form, &mut Random::new(3));
                let column = if form == Form::C {
                    "items_delta"
                } else {
                    "decisions"
                };
                let places = [
                    format!("{form:?}/t2/licence.{column}"),
                    format!("{form:?}/t3/granted/natural"),
                    format!("{form:?}/t4/review.other"),
                ];
                places.iter().for_each(|c| filled.set(c, printed));
                let reading = rendered(&filled, shape);
                let found = cells(&reading);
                for cell in &places {
                    // A cell a line: words in it are not told from a label, and in table 4,
                    // which has none beside its values, blanks not from what is missing.
                    let open = semantics == Semantics::Text
                        || semantics == Semantics::Empty && cell.contains("/t4/");
                    let open = open && shape == Shape::BarLines;
                    let Some(figure) = found.get(cell.as_str()) else {
                        assert!(open, "{form:?} {shape:?} {cell}: {printed}");
                        continue;
                    };
                    let got = (figure.value, figure.semantics);
                    let wanted = (value.map(Decimal::from), semantics);
                    assert_eq!(got, wanted, "{form:?} {shape:?} {cell}: {printed}");
                }
            }
        }
    }
}

#[test]
fn two_reports_in_one_file_keep_their_tables() {
    for form in [Form::C, Form::D] {
        for shape in [
            Shape::Markdown,
            Shape::Tabs,
            Shape::CellLines,
            Shape::Sideways,
        ] {
            let both = [5, 6].map(|seed| Filled::random(form, &mut Random::new(seed)));
            let (first, format) = both[0].render(shape);
            let (second, _) = both[1].render(shape);
            let text = format!("{first}\n{second}");
            let reading = read(&text, format);
            let halves = |f: &Figure| usize::from(f.range.start > first.len());
            let mut seen = [0, 0];
            for figure in reading.figures.iter().filter(|f| f.cell.is_some()) {
                let half = halves(figure);
                let cell = figure.cell.as_deref().unwrap_or_default();
                let printed = both[half].get(cell);
                assert_eq!(
                    figure.value,
                    wanted(cell, printed),
                    "{form:?} {shape:?} {half} {cell}"
                );
                seen[half] += 1;
            }
            let all = both[0].cells().len();
            assert_eq!(seen, [all, all], "{form:?} {shape:?}");
            let t3 = reading.report.tables.iter();
            let t3 = t3.filter(|t| t.form.as_deref().is_some_and(|f| f.ends_with("t3")));
            assert_eq!(t3.count(), 2, "{form:?} {shape:?}");
        }
    }
}

#[test]
fn lines_that_a_province_adds_are_figures_without_a_cell() {
    for shape in [Shape::Markdown, Shape::Tabs, Shape::CellLines, Shape::Html] {
        let filled = Filled::random(Form::B, &mut Random::new(2));
        let (text, format) = filled.render(shape);
        let at = "（二）通过不同渠道和方式公开政府信息的情况";
        let (before, after) = text.split_once(at).expect("a caption");
        let start = match shape {
            Shape::Html => before.rfind("<tr>").expect("a row"),
            _ => before.rfind('\n').map_or(0, |n| n + 1),
        };
        let rows: [[&str; 3]; 4] = [
            ["财务三公类信息数", "条", "17"],
            ["机构领导人事类信息数", "条", "19"],
            ["今日头条公开政府信息数", "条", "31"],
            ["政府信息公开专栏点击量", "次", "905"],
        ];
        let row = |cells: &[&str; 3]| match shape {
            Shape::Markdown => format!("| {} |\n", cells.join(" | ")),
            Shape::Tabs => format!("{}\n", cells.join("\t")),
            Shape::CellLines => format!("{}\n", cells.join("\n")),
            _ => format!("<tr><td>{}</td></tr>\n", cells.join("</td><td>")),
        };
        let added: String = rows.iter().map(row).collect();
        let text = format!(
            "{}{added}{}{at}{after}",
            &text[..start],
            &text[start..before.len()]
        );
        let reading = read(&text, format);
        let found = cells(&reading);
        for cell in filled.cells() {
            let value = found.get(cell.as_str()).map(|f| f.value);
            assert_eq!(
                value,
                Some(wanted(&cell, filled.get(&cell))),
                "{shape:?} {cell}"
            );
        }
        for [label, unit, value] in rows {
            let value: Decimal = value.parse().expect("a number");
            let figure = reading.figures.iter().find(|f| {
                f.value == Some(value) && reading.report.text[f.label.clone()].contains(label)
            });
            let figure = figure.unwrap_or_else(|| panic!("{shape:?}: {label}"));
            assert_eq!(
                (figure.unit.as_str(), &figure.cell),
                (unit, &None),
                "{shape:?}"
            );
            let kind = match label {
                "财务三公类信息数" => Some("disclosure.kind.finance"),
                "机构领导人事类信息数" => Some("disclosure.kind.other"),
                _ => None,
            };
            assert_eq!(figure.indicator.as_deref(), kind, "{shape:?} {label}");
        }
    }
}
