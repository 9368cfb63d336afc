//! The running text against the form, and against itself.

use gongkai::audit::{self, Finding, Status};
use gongkai::source::{self, Format};
use rust_decimal::Decimal;

use super::forms::{Content, figure};

/// The findings of a report whose chapter on requests says `sentence` and whose form has
/// these cells.
fn findings(sentence: &str, cells: &[(&str, i64)]) -> Vec<Finding> {
    let text = format!(
        "某县人民政府2022年政府信息公开工作年度报告\n一、总体情况\n{sentence}\n二、主动公开政府信息情况\n见下表。\n"
    );
    let source = source::read(text.as_bytes(), Format::Txt).expect("text");
    let report = gongkai::report::read(source);
    let (mut figures, claims) = gongkai::figure::read(&report);
    for (cell, value) in cells {
        let content = match *value {
            BLANK => Content::Blank,
            n => Content::Number(Decimal::from(n)),
        };
        figures.push(figure(figures.len(), cell, content));
    }
    audit::check(&report, "a.txt", &figures, &claims)
}

const BLANK: i64 = -1;

fn status(sentence: &str, cells: &[(&str, i64)], rule: &str) -> Vec<Status> {
    let found = findings(sentence, cells);
    let of = found.iter().filter(|f| f.rule == rule);
    of.map(|f| f.status).collect()
}

const NEW: &str = "D/t3/received.new/total";
const CARRIED_IN: &str = "D/t3/received.carried_in/total";
const CLOSED: &str = "D/t3/closed.total/total";
const CARRIED_OUT: &str = "D/t3/carried_out/total";
const REQUESTS: [(&str, i64); 4] = [(NEW, 40), (CARRIED_IN, 5), (CLOSED, 43), (CARRIED_OUT, 2)];

#[test]
fn received_and_handled_have_the_senses_of_their_verbs() {
    let cases = [
        ("全年共收到政府信息公开申请40件。", vec![Status::Pass]),
        ("全年共收到政府信息公开申请45件。", vec![Status::Pass]),
        ("全年新收政府信息公开申请45件。", vec![Status::Fail]),
        (
            "全年共收到政府信息公开申请45件（含上年结转5件）。",
            vec![Status::Pass],
        ),
        // The whole year's, and none of what the form could mean by it.
        ("全年共收到政府信息公开申请48件。", vec![Status::Fail]),
        // A digit too many, or too few, is the likeliest slip of all.
        ("全年共收到政府信息公开申请400件。", vec![Status::Fail]),
        ("全年共收到政府信息公开申请450件。", vec![Status::Fail]),
        // So far off that something else may be meant.
        ("全年共收到政府信息公开申请170件。", vec![Status::Warn]),
        // What was closed is not what was received, but the words may be loose.
        ("全年共收到政府信息公开申请43件。", vec![Status::Warn]),
        // Not said to be the whole.
        ("收到政府信息公开申请48件。", vec![Status::Warn]),
        ("收到政府信息公开申请400件。", vec![Status::Warn]),
        ("收到政府信息公开申请170件。", vec![Status::NotAssessable]),
        // Of an office within the body.
        ("公共服务处收到政府信息公开申请48件。", vec![]),
    ];
    for (sentence, expected) in cases {
        assert_eq!(status(sentence, &REQUESTS, "R-P2"), expected, "{sentence}");
    }
    // The form has no number there.
    let blank = [(NEW, BLANK), (CARRIED_IN, BLANK)];
    let sentence = "全年共收到政府信息公开申请40件。";
    assert_eq!(status(sentence, &blank, "R-P2"), [Status::NotAssessable]);
    // A whole area is not the body whose form it is.
    let sentence = "全县各级行政机关共收到政府信息公开申请140件。";
    let open = status(sentence, &REQUESTS, "R-P2");
    assert!(open.iter().all(|s| *s == Status::NotAssessable), "{open:?}");
}

#[test]
fn a_figure_in_the_text_is_that_of_its_cell() {
    let carried = "全年共收到申请40件，结转下年度办理2件。";
    assert_eq!(status(carried, &REQUESTS, "R-P1"), [Status::Pass]);
    let wrong = "全年共收到申请40件，结转下年度办理3件。";
    assert_eq!(status(wrong, &REQUESTS, "R-P1"), [Status::Fail]);
    let found = findings(wrong, &REQUESTS);
    let fail = found.iter().find(|f| f.rule == "R-P1").expect("checked");
    assert_eq!(fail.figures.len(), 2);
    assert_eq!(fail.expected, Some(Decimal::from(2)));
    assert_eq!(fail.actual, Some(Decimal::from(3)));
    assert!(fail.message.zh.contains('3') && fail.message.zh.contains('2'));
    // Without a form there is nothing to compare with.
    assert!(status(wrong, &[], "R-P1").is_empty());
}

#[test]
fn groups_are_sums_of_their_lines() {
    let lines = [
        ("D/t3/unavailable.not_held/total", 6),
        ("D/t3/unavailable.need_creation/total", 2),
        ("D/t3/unavailable.unclear/total", 1),
        (CLOSED, 43),
    ];
    let results = [
        ("D/t3/granted/total", 5),
        ("D/t3/partial/total", 1),
        (CLOSED, 43),
    ];
    let both = "共办理申请43件，予以公开6件、部分公开1件。";
    assert!(status(both, &results, "R-P1").contains(&Status::Fail));
    let cases = [
        ("答复的申请中，无法提供9件。", Some(Status::Pass)),
        ("答复的申请中，无法提供6件。", Some(Status::Warn)),
    ];
    for (sentence, expected) in cases {
        let found = status(sentence, &lines, "R-P3");
        assert_eq!(found.first().copied(), expected, "{sentence}");
    }
}

#[test]
fn litigation_is_both_kinds_together() {
    let cells = [
        ("D/t4/review.total", 7),
        ("D/t4/litigation.direct.total", 3),
        ("D/t4/litigation.after_review.total", 1),
    ];
    let right = "因政府信息公开被提起行政诉讼4件。";
    assert_eq!(status(right, &cells, "R-P4"), [Status::Pass]);
    let wrong = "因政府信息公开被提起行政诉讼5件。";
    assert_eq!(status(wrong, &cells, "R-P4"), [Status::Fail]);
}

#[test]
fn what_there_was_none_of_is_zero_in_the_form() {
    let none = "全年未发生因政府信息公开申请行政复议的情况。";
    assert_eq!(
        status(none, &[("D/t4/review.total", 0)], "R-P9"),
        [Status::Pass]
    );
    assert_eq!(
        status(none, &[("D/t4/review.total", 2)], "R-P9"),
        [Status::Fail]
    );
    let blank = status(none, &[("D/t4/review.total", BLANK)], "R-P9");
    assert_eq!(blank, [Status::PassIfBlankZero]);
}

#[test]
fn claims_in_words_do_not_contradict_the_form() {
    let all_closed = "收到的申请已全部办结。";
    let out = |n| [(CARRIED_OUT, n)];
    assert_eq!(status(all_closed, &out(0), "R-P10"), [Status::Pass]);
    assert_eq!(status(all_closed, &out(3), "R-P10"), [Status::Fail]);
    assert!(status(all_closed, &out(BLANK), "R-P10").is_empty());
    let carried = "申请除3件结转下年外，已全部办结。";
    assert!(status(carried, &out(3), "R-P10").is_empty());
    let upheld = "被申请行政复议的案件均获维持。";
    let cells = |corrected, pending| {
        [
            ("D/t4/review.corrected", corrected),
            ("D/t4/review.pending", pending),
        ]
    };
    assert_eq!(status(upheld, &cells(0, 0), "R-P10"), [Status::Pass]);
    assert_eq!(status(upheld, &cells(1, 0), "R-P10"), [Status::Fail]);
    assert_eq!(status(upheld, &cells(0, 2), "R-P10"), [Status::Warn]);
    let told = |pending| {
        let found = findings(upheld, &cells(0, pending));
        found
            .iter()
            .find(|f| f.rule == "R-P10")
            .map(|f| f.message.zh.clone())
    };
    assert!(told(2).is_some_and(|m| m.contains("只可能指已审结的案件")));
    // None corrected so far is no contradiction, only not yet the whole truth.
    let none = "全年未发生行政复议被纠错的情况。";
    assert_eq!(status(none, &cells(0, 0), "R-P10"), [Status::Pass]);
    assert_eq!(status(none, &cells(1, 2), "R-P10"), [Status::Fail]);
    let found = findings(none, &cells(0, 2));
    let doubt = found.iter().find(|f| f.rule == "R-P10").expect("a doubt");
    assert_eq!(doubt.status, Status::Warn);
    assert!(
        doubt.message.zh.contains("并不矛盾"),
        "{}",
        doubt.message.zh
    );
    for answered in [
        "收到的申请均已依法按时答复。",
        "所有申请均在法定期限内予以答复。",
        "全年申请答复率达100%。",
    ] {
        assert_eq!(
            status(answered, &out(0), "R-P10"),
            [Status::Pass],
            "{answered}"
        );
        assert_eq!(
            status(answered, &out(2), "R-P10"),
            [Status::Fail],
            "{answered}"
        );
    }
    for other in [
        "申请的按时办结率100%。",
        "到期应当答复的申请均已答复。",
        "未办结的2件申请结转下年。",
    ] {
        assert!(status(other, &out(2), "R-P10").is_empty(), "{other}");
    }
    assert_eq!(
        status("全年申请未结转下年度。", &out(2), "R-P10"),
        [Status::Fail]
    );
    let none_in = "本年度无上年结转的申请。";
    // Told once, whether the words are read as a zero or as a claim.
    let told = |sentence: &str, cells: &[(&str, i64)]| {
        let found = findings(sentence, cells);
        let wrong = found.iter().filter(|f| f.status == Status::Fail);
        wrong
            .filter(|f| ["R-P9", "R-P10"].contains(&f.rule))
            .count()
    };
    assert_eq!(told(none_in, &[(CARRIED_IN, 4)]), 1);
    assert_eq!(told("全年无结转下年度办理的申请。", &out(2)), 1);
}

#[test]
fn approximate_figures_fit_the_exact_ones() {
    let near = "全年共收到政府信息公开申请近50件。";
    let cells = |new| [(NEW, new), (CARRIED_IN, 0)];
    assert_eq!(status(near, &cells(48), "R-P11"), [Status::Pass]);
    assert_eq!(status(near, &cells(52), "R-P11"), [Status::Warn]);
    let over = "全年共收到政府信息公开申请200余件。";
    assert_eq!(status(over, &cells(299), "R-P11"), [Status::Pass]);
    assert_eq!(status(over, &cells(300), "R-P11"), [Status::Warn]);
    let under = "全年共收到政府信息公开申请不足40件。";
    assert_eq!(status(under, &cells(39), "R-P11"), [Status::Pass]);
    assert_eq!(status(under, &cells(40), "R-P11"), [Status::Warn]);
    assert!(status(near, &cells(BLANK), "R-P11").is_empty());
}

#[test]
fn a_total_given_twice_is_the_same_twice() {
    let same = "全年共发布主动公开政府信息120条。\n至年底，本年度共主动公开政府信息120条。";
    let differ = "全年共主动公开政府信息120条。\n一年来，全年共主动公开政府信息210条。";
    assert!(!status(same, &[], "R-X1").contains(&Status::Warn));
    assert_eq!(status(differ, &[], "R-X1"), [Status::Fail]);
    // What is counted in two units is counted twice.
    let units = "公众号全年共发布信息189期。\n公众号全年共发布信息713条。";
    assert!(status(units, &[], "R-X1").is_empty());
    // Under two names and far apart most likely two things are meant.
    let things = "全年共主动公开政府信息247条。\n网站、微信、微博全年共发布各类信息2483条。";
    let open = status(things, &[], "R-X1");
    assert!(open.iter().all(|s| *s == Status::NotAssessable), "{open:?}");
    // So far apart, or under two names, it may be our reading.
    let far = "全年共主动公开政府信息120条。\n一年来，全年共主动公开政府信息2100条。";
    assert_eq!(status(far, &[], "R-X1"), [Status::Warn]);
    let names = "全年共主动公开政府信息120条。\n全年共公开各类政府信息210条。";
    assert!(!status(names, &[], "R-X1").contains(&Status::Fail));
}

#[test]
fn only_totals_of_one_kind_must_be_the_same() {
    let told = |text: &str| {
        let found = status(text, &[], "R-X1");
        let open = found.into_iter().find(|s| *s != Status::Pass);
        open.filter(|s| *s != Status::NotAssessable)
    };
    let received = |second: &str| format!("全年共收到申请318件。\n{second}");
    for wrong in [
        "全年共收到政府信息公开申请381件。",
        "一年来共收到申请3180件。",
    ] {
        assert_eq!(told(&received(wrong)), Some(Status::Fail), "{wrong}");
    }
    for other in [
        // With those carried in, or said in another verb: perhaps another sense.
        "全年共收到申请330件，其中上年结转12件。",
        "上年结转12件，全年共收到申请330件。",
        "全年共受理申请381件（含上年结转63件）。",
        "全年共办理申请381件。",
        // Of another body, year, or part of the year.
        "全县各级行政机关共收到申请381件。",
        "2021年共收到申请381件。",
        "上半年共收到申请181件。",
        "10月共收到申请81件。",
        // Not exact, and not said to be the whole.
        "全年共收到申请约381件。",
        "收到申请38件。",
        // Of one kind of applicants.
        "全年共收到自然人申请281件。",
    ] {
        assert_eq!(told(&received(other)), None, "{other}");
    }
    let events = "全年共召开会议5次。1月召开会议1次，6月共召开会议2次，12月，共召开会议2次。";
    assert_eq!(told(events), None);
    let year = "全年共召开会议5次。截至12月底共召开会议6次。";
    assert_eq!(told(year), Some(Status::Fail));
    let stock = "全年共主动公开政府信息120条。\n历年累计共主动公开政府信息210条。";
    assert_eq!(told(stock), None);
}

#[test]
fn the_period_is_that_of_the_report() {
    let right = "本报告数据统计期限为2022年1月1日至2022年12月31日。";
    assert_eq!(status(right, &[], "R-Y3"), [Status::Pass]);
    let stale = "本报告数据统计期限为2021年1月1日至2021年12月31日。";
    assert_eq!(status(stale, &[], "R-Y3"), [Status::Fail]);
    let called = "现公布某县2021年度政府信息公开工作年度报告。";
    assert_eq!(status(called, &[], "R-Y3"), [Status::Fail]);
    let own = "现公布某县2022年度政府信息公开工作年度报告。";
    assert!(status(own, &[], "R-Y3").is_empty());
    let told = "我县按时编制并发布了2021年度政府信息公开工作年度报告。";
    assert!(status(told, &[], "R-Y3").is_empty());
    let before = "去年已公布2021年度政府信息公开工作年度报告，本年续报。";
    assert!(status(before, &[], "R-Y3").is_empty());
    let found = findings("2021年，我局扎实推进政府信息公开。", &[]);
    let told = found.iter().find(|f| f.rule == "R-Y3").expect("a doubt");
    assert!(
        told.message.zh.contains("2021年，我局"),
        "{}",
        told.message.zh
    );
    let copied = "2021年，我局扎实推进政府信息公开。";
    assert_eq!(status(copied, &[], "R-Y3"), [Status::Warn]);
    let compared = "2021年，我局共公开100条，2022年比上年增加。";
    assert!(status(compared, &[], "R-Y3").is_empty());
}

#[test]
fn shares_of_a_complete_list_make_a_hundred() {
    let list = |last: &str| {
        format!(
            "全年主动公开政府信息100条，分为：机构职能类20条，占20%；政策法规类30条，占30%；其他50条，占{last}%。"
        )
    };
    assert_eq!(status(&list("50"), &[], "R-P7"), [Status::Pass]);
    assert_eq!(status(&list("40"), &[], "R-P7"), [Status::Warn]);
}

#[test]
fn a_list_is_complete_where_it_ends_with_the_rest() {
    let list = |items: &str| format!("全年主动公开政府信息86条，其中{items}。");
    let sum = |items: &str| status(&list(items), &[], "R-P5");
    let whole = "机构职能类20条、政策法规类30条、其他类33条";
    assert_eq!(sum(whole), [Status::Fail]);
    // 其他文件 in the middle is a kind like the others.
    let kinds = "机构职能类20条、其他文件30条、工作动态类33条";
    assert_eq!(sum(kinds), [Status::Warn]);
    let rest_first = "其他类信息20条、机构职能类30条、工作动态类33条";
    assert_eq!(sum(rest_first), [Status::Fail]);
    // The list goes on with a number that has lost its unit.
    let unread = "机构职能类20条、政策法规类30条、工作动态类33条、杂项3";
    assert_eq!(sum(unread), [Status::NotAssessable]);
    let read = "机构职能类20条、政策法规类30条、工作动态类33条、其他信息3";
    assert_eq!(sum(read), [Status::Pass]);
    // More than all is wrong whatever follows.
    let over = "机构职能类40条、政策法规类30条、工作动态类33条、其他信息3";
    assert_eq!(sum(over), [Status::Fail]);
}

#[test]
fn results_of_every_kind_are_parts_of_what_was_answered() {
    let answered = "全年答复申请22起。其中公开1起，不属于政府信息4起，告知其他途径3起，不存在9起，属于行政执法案卷5起。";
    assert_eq!(status(answered, &[], "R-P5"), [Status::Pass]);
    let short = answered.replace("22起", "24起");
    assert_eq!(status(&short, &[], "R-P5"), [Status::Warn]);
}

#[test]
fn a_share_is_told_as_wrong_where_its_whole_is_certain() {
    let list = |share: &str| {
        format!(
            "全年主动公开政府信息200条。其中，政策法规类20条，占10%；业务动态类178条，占89%；其他类2条，占{share}。"
        )
    };
    let of = |share: &str| status(&list(share), &[], "R-P6");
    assert!(
        of("1%").iter().all(|s| *s == Status::Pass),
        "{:?}",
        of("1%")
    );
    // Ten times too little is no other whole: the parts add up to this one.
    assert!(of("0.1%").contains(&Status::Fail), "{:?}", of("0.1%"));
    let about = |share: &str| {
        let text = format!("全年办结申请43件，其中予以公开20件，占比{share}。");
        status(&text, &[], "R-P11")
    };
    assert_eq!(about("超过四成"), [Status::Pass]);
    assert_eq!(about("超五成"), [Status::Warn]);
    // Of the whole, not of the inner list's head.
    let inner = "在主动公开的1000条信息中，政策法规类的信息30条，其中政策法规10条，规范性文件20条，占总体的比例为3%；规划计划类的信息50条，占总体的比例为5%。";
    let found = status(inner, &[], "R-P6");
    assert!(
        !found.contains(&Status::Fail) && !found.contains(&Status::Warn),
        "{found:?}"
    );
    // The part that has such a share has no count.
    let other = "全年办结申请43件，其中予以公开20件，涉及征地拆迁补偿的业务占90%以上。";
    assert!(status(other, &[], "R-P11").is_empty());
}

#[test]
fn a_difference_of_a_part_is_not_that_of_the_whole() {
    let own = "收到申请100件，同比增加8件，增长率为8.7%。";
    assert_eq!(status(own, &[], "R-P8"), [Status::Pass]);
    let part = "收到申请100件，同比增长率为12.5%，其中网络申请增长了8件。";
    assert!(status(part, &[], "R-P8").is_empty());
}

#[test]
fn money_is_told_as_it_is_printed() {
    let cells = [("D/t2/fee.amount", 125_000)];
    for stated in ["13.5万元", "125万元", "12.5元"] {
        let sentence = format!("全年行政事业性收费共{stated}。");
        let found = findings(&sentence, &cells);
        let told = found.iter().find(|f| f.rule == "R-P1").expect("checked");
        assert_eq!(told.status, Status::Fail, "{stated}");
        assert!(told.message.zh.contains(stated), "{}", told.message.zh);
    }
}

#[test]
fn a_list_ends_where_its_separators_change_or_it_is_complete() {
    for right in [
        // What follows the semicolon is another thing.
        "共受理申请16件，其中：公民15件，法人1件；办结15件，1件因申请人未补正而终止。",
        "全年共收到申请865件，其中市级部门412件、区县453件；市政府办公室收到23件。",
        "公开财政信息120条，其中预决算60条，专项资金60条；公开重大项目35个。",
        // Sessions and people are two counts.
        "举办培训班5期，培训人员430人次，其中市级2期180人次，区县3期250人次。",
        "全年组织培训3次，120人次，其中专题讲座1次40人次、业务交流2次80人次。",
        // Complete with its second part.
        "政务微博发布1200条，其中原创800条，转发400条，评论回复230条。",
        // What is pending makes it complete.
        "共办理申请45件，其中30件予以公开，8件告知信息不存在，5件告知不属于本机关公开，2件正在办理。",
    ] {
        let found = findings(right, &[]);
        let wrong = found.iter().any(|f| f.rule == "R-P5" && f.is_open());
        assert!(!wrong, "{right}");
    }
    // Parts between semicolons go on.
    let semicolons = "全年主动公开政府信息90条，其中：机构职能类20条；政策法规类30条；其他类30条。";
    assert_eq!(status(semicolons, &[], "R-P5"), [Status::Fail]);
    let mixed = "全年主动公开政府信息90条，其中机构职能类20条，政策法规类30条；业务动态类10条；其他类30条。";
    assert_eq!(status(mixed, &[], "R-P5"), [Status::Pass]);
}

#[test]
fn claims_in_words_are_of_their_subject_and_year() {
    let cells = [
        ("D/t4/review.corrected", 1),
        ("D/t4/review.pending", 0),
        ("D/t4/litigation.direct.corrected", 0),
        ("D/t4/litigation.after_review.corrected", 0),
        (CARRIED_OUT, 2),
    ];
    let fails = |sentence: &str| status(sentence, &cells, "R-P10").contains(&Status::Fail);
    for right in [
        "行政复议纠错率为25%（1件），行政诉讼无败诉。",
        "行政复议案件纠正1件，行政诉讼案件2件，均维持。",
        "2021年度行政复议均获维持。",
        "力争实现行政复议零纠错。",
        "涉及企业的4件申请全部办结。",
    ] {
        assert!(!fails(right), "{right}");
    }
    // Of some requests only, or of another year.
    for some in [
        "办结的43件申请均在规定期限内答复。",
        "网上申请均已按时答复。",
        "涉及征地的申请均按时答复。",
        "2021年收到的申请均已办结。",
        "对符合受理条件的申请均予以答复。",
    ] {
        assert!(!fails(some), "{some}");
    }
    for all in [
        "全年收到的申请均已依法按时答复。",
        "全年共收到政府信息公开申请45件，均已答复。",
        "所有申请已全部办理完毕。",
        "收到申请45件，办结率100%。",
    ] {
        assert!(fails(all), "{all}");
    }
    assert!(fails("全年行政复议案件5件，均获维持。"));
    assert!(fails("收到的申请，均已全部办结。"));
}

#[test]
fn shares_of_another_whole_are_no_errors() {
    // The share belongs to what is divided, not to its last item.
    let inner = "2022年主动公开政府信息1000条。在主动公开的1000条信息中，政策法规类信息30条，\
                 其中政策法规10条，规范性文件20条，占总体的比例为3%；规划计划类信息50条，\
                 其中年度计划20条，其他30条，占总体的比例为5%。";
    assert!(!status(inner, &[], "R-P6").contains(&Status::Fail));
    // Shares of the website's own total, which is not told.
    let site = "2022年主动公开政府信息1000条，其中公报公开100条，占10.0%；微博公开200条，占20.0%；\
                网站公开300条，占30.0%。网站公开的信息包括机构职能类信息30条，占12.5%；\
                政策法规类信息60条，占25.0%；其他信息150条，占62.5%。";
    assert!(!status(site, &[], "R-P6").contains(&Status::Fail));
}

#[test]
fn a_stated_difference_is_that_of_both_years() {
    let of = |words: &str| {
        let text = format!("全年主动公开政府信息1000条，比2021年的800条{words}。");
        status(&text, &[], "R-P8")
    };
    assert_eq!(of("增加200条"), [Status::Pass]);
    assert_eq!(of("减少200条"), [Status::Fail]);
    assert_eq!(of("增加300条"), [Status::Fail]);
    // Another number of the kind leaves open what has changed.
    let more = "全年主动公开政府信息1000条，网站公开900条，比2021年的800条增加300条。";
    assert!(status(more, &[], "R-P8").is_empty());
}

#[test]
fn rates_with_a_name_of_their_own_are_computed_again() {
    let of = |rate: &str| {
        let text =
            format!("全年主动公开政府信息1000条，其中全文电子化信息950条，全文电子化率达{rate}。");
        status(&text, &[], "R-P6")
    };
    assert_eq!(of("95%"), [Status::Pass]);
    assert_eq!(of("90%"), [Status::Fail]);
    let alone = "全年主动公开政府信息1000条，全文电子化率达90%。";
    assert!(status(alone, &[], "R-P6").is_empty());
}
