use super::*;
use crate::source::{Format, plain};

/// Code, names from the province down, department, basis.
fn who(title: &str, text: &str, year: i32) -> (String, String, String, Option<Basis>) {
    let blocks = plain::blocks(text, Format::Txt);
    let found = crate::report::metadata::read(&blocks);
    let who = read(
        &fold(title),
        &found.metadata,
        &Hints::default(),
        &blocks,
        Some(year),
    );
    assert_eq!(
        who.reason.is_some(),
        who.region
            .as_ref()
            .is_some_and(|r| r.basis == Basis::Inferred),
        "{title}"
    );
    let region = who.region.as_ref();
    (
        region.map(|r| r.code.clone()).unwrap_or_default(),
        region.map(|r| r.path.concat()).unwrap_or_default(),
        who.agency.unwrap_or_default(),
        region.map(|r| r.basis),
    )
}

fn place(title: &str, text: &str, year: i32) -> (String, String, String) {
    let (code, path, agency, _) = who(title, text, year);
    (code, path, agency)
}

fn told(code: &str, path: &str, agency: &str) -> (String, String, String) {
    (code.into(), path.into(), agency.into())
}

#[test]
fn a_name_of_several_places_is_told_by_what_else_the_text_says() {
    let title = "朝阳区教育局2012年政府信息公开年报";
    assert_eq!(
        place(title, "地址：长春市某路1号。\n", 2012),
        told("220104", "吉林省长春市朝阳区", "教育局")
    );
    assert_eq!(
        place(title, "如有疑问请与北京市朝阳区教育局联系。\n", 2012),
        told("110105", "北京市朝阳区", "教育局")
    );
    assert_eq!(place(title, "全年公开信息3条。\n", 2012).0, "");
    let title = "城中区人民政府2013年政府信息公开年报";
    assert_eq!(
        place(title, "西宁市在2013年部署了工作。\n", 2013).0,
        "630103"
    );
    assert_eq!(place(title, "会议在柳州市和西宁市召开。\n", 2013).0, "");
}

#[test]
fn names_of_towns_are_no_names_of_provinces_and_districts() {
    let title = "湖南镇2015年政府信息公开年报";
    assert_eq!(place(title, "我镇公开信息3条。\n", 2015).0, "");
    assert_eq!(
        place(
            title,
            "我镇公开信息3条。\n\n福州市长乐市湖南镇人民政府\n2016年1月5日\n",
            2015
        ),
        told("350182", "福建省福州市长乐市湖南镇", "")
    );
    assert_eq!(
        place(
            "朝阳乡2015年政府信息公开年报",
            "由依安县朝阳乡人民政府编制。\n",
            2015
        ),
        told("230223", "黑龙江省齐齐哈尔市依安县朝阳乡", "")
    );
}

#[test]
fn abolished_and_renamed_units_are_found_in_their_years() {
    for (title, year, code) in [
        ("襄樊市2009年政府信息公开年报", 2009, "420600"),
        ("襄阳市2013年政府信息公开年报", 2013, "420600"),
        ("崇文区人民政府2009年政府信息公开年报", 2009, "110103"),
        ("巢湖市2009年政府信息公开年报", 2009, "341400"),
        ("巢湖市2015年政府信息公开年报", 2015, "340181"),
        ("恩施州2014年政府信息公开年报", 2014, "422800"),
        ("湘西州教育局2014年政府信息公开年报", 2014, "433100"),
    ] {
        assert_eq!(place(title, "", year).0, code, "{title}");
    }
}

#[test]
fn development_zones_keep_their_name_and_have_a_parent() {
    assert_eq!(
        place("大连高新技术产业园区管委会2014年政府信息公开年报", "", 2014),
        told("210200", "辽宁省大连市大连高新技术产业园区", "")
    );
    assert_eq!(
        place(
            "合肥市经济技术开发区管理委员会财政局2014年政府信息公开年报",
            "",
            2014
        ),
        told("340100", "安徽省合肥市经济技术开发区", "财政局")
    );
    assert_eq!(
        place(
            "高新区2014年政府信息公开年报",
            "由宝鸡市高新区管委会办公室编制。\n",
            2014
        ),
        told("610300", "陕西省宝鸡市高新区", "")
    );
}

#[test]
fn central_bodies_are_of_the_country_and_their_local_organs_of_their_place() {
    assert_eq!(
        place("水利部2014年政府信息公开工作年度报告", "", 2014),
        told("000000", "中华人民共和国", "水利部")
    );
    assert_eq!(
        place("海关总署(本级机关)2020年政府信息公开年报", "", 2020),
        told("000000", "中华人民共和国", "海关总署")
    );
    assert_eq!(
        place("国家税务总局珠海市税务局2020年政府信息公开年报", "", 2020),
        told("440400", "广东省珠海市", "税务局")
    );
    assert_eq!(
        place("中华人民共和国大连海关2012年政府信息公开年报", "", 2012),
        told("210200", "辽宁省大连市", "海关")
    );
}

#[test]
fn a_department_without_a_place_is_that_of_the_text() {
    assert_eq!(
        place(
            "市气象局2017年政府信息公开年报",
            "根据《安徽省气象局工作要点》和宣城市气象局清单。\n",
            2017
        ),
        told("341800", "安徽省宣城市", "气象局")
    );
    assert_eq!(
        place(
            "2011年政府信息公开年报",
            "本报告由乐安县发改局编制。地址：抚州市乐安县某路。\n",
            2011
        ),
        told("361025", "江西省抚州市乐安县", "发改局")
    );
    // An address alone says where; it does not say who.
    let (code, _, agency, basis) = who("2011年政府信息公开年报", "地址：乐安县某路3号。\n", 2011);
    assert_eq!((&*code, &*agency), ("361025", ""));
    assert_eq!(basis, Some(Basis::Inferred));
}

#[test]
fn places_that_contradict_each_other_give_none() {
    let text = "学习了宣城市的做法。\n学习了乐安县的做法。\n学习了三亚市的做法。\n";
    assert_eq!(place("2011年政府信息公开年报", text, 2011).0, "");
    assert_eq!(
        place(
            "2011年政府信息公开年报",
            "根据《中华人民共和国政府信息公开条例》。\n",
            2011
        )
        .0,
        ""
    );
}

#[test]
fn words_that_hold_a_short_name_are_none() {
    let title = "政府信息公开年报";
    assert_eq!(place(title, "高新区管委会认真做好工作。\n", 2015).0, "");
    assert_eq!(
        place(title, "按照省、市和县政府要求开展工作。\n", 2015).0,
        ""
    );
    assert_eq!(
        place(title, "由乾县人民政府办公室编制。\n", 2015).0,
        "610424"
    );
}

#[test]
fn who_made_a_report_is_where_it_is_from() {
    let text = "由温州空港新区管委会编制的年度报告。可在龙湾区政府信息公开网下载。\n";
    assert_eq!(
        place("2017年政府信息公开年报", text, 2017),
        told("330300", "浙江省温州市温州空港新区", "")
    );
    let text = "由海关总署办公厅编制。地址:北京市东城区某街6号。\n";
    assert_eq!(
        place("海关系统2012年政府信息公开年报", text, 2012),
        told("000000", "中华人民共和国", "海关总署")
    );
    let text = "根据《四川省政府信息公开办法》编制。\n";
    assert_eq!(place("某局2012年政府信息公开年报", text, 2012).0, "");
}

#[test]
fn the_issuers_rank_and_the_sites_name_place_a_department() {
    let blocks = plain::blocks(
        "发布机构:区教育局 发布日期:2013-02-20\n一、概述\n",
        Format::Txt,
    );
    let metadata = crate::report::metadata::read(&blocks).metadata;
    let hints = Hints {
        site: Some("丽水市莲都区人民政府".into()),
        ..Hints::default()
    };
    let who = read("政府信息公开年报", &metadata, &hints, &blocks, Some(2012));
    assert_eq!(who.region.map(|r| r.code).as_deref(), Some("331102"));
    assert_eq!(who.agency.as_deref(), Some("教育局"));
}

#[test]
fn who_lies_in_a_town_or_a_county_is_not_the_county() {
    let text = "一、概述\n全年公开信息3条。\n";
    for (name, path, agency) in [
        (
            "平湖市新仓镇三叉河村",
            "浙江省嘉兴市平湖市新仓镇",
            "三叉河村",
        ),
        (
            "平湖市新仓镇三叉河村村民委员会",
            "浙江省嘉兴市平湖市新仓镇",
            "三叉河村村民委员会",
        ),
        (
            "平湖市当湖街道南市社区",
            "浙江省嘉兴市平湖市当湖街道",
            "南市社区",
        ),
        ("平湖市新仓镇财政所", "浙江省嘉兴市平湖市新仓镇", "财政所"),
        (
            "平湖市新仓镇中心小学",
            "浙江省嘉兴市平湖市新仓镇",
            "中心小学",
        ),
        ("平湖市三叉河村", "浙江省嘉兴市平湖市", "三叉河村"),
        ("平湖市第一中学", "浙江省嘉兴市平湖市", "第一中学"),
        // These are no towns.
        (
            "平湖市城镇居民服务中心",
            "浙江省嘉兴市平湖市",
            "城镇居民服务中心",
        ),
        (
            "平湖市村镇建设管理局",
            "浙江省嘉兴市平湖市",
            "村镇建设管理局",
        ),
        ("平湖市新仓镇人民政府", "浙江省嘉兴市平湖市新仓镇", ""),
    ] {
        let title = format!("{name}2012年政府信息公开工作年度报告");
        assert_eq!(
            place(&title, text, 2012),
            told("330482", path, agency),
            "{name}"
        );
    }
}
