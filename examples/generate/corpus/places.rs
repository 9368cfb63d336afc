//! Real names of real regions, from the gazetteer that is embedded in the program.

/// A region.
pub struct Place {
    /// Six digits.
    pub code: String,
    /// With the names around it as far as a title needs them: 广州市荔湾区.
    pub full: String,
    /// 荔湾区
    pub name: String,
    /// 省, 市 or 县: what its people call it in 全市.
    pub kind: &'static str,
    /// 0 province, 1 prefecture, 2 county: how large its figures are.
    pub rank: u32,
}

/// All regions that exist today.
pub fn read() -> Vec<Place> {
    let table = include_str!("../../../assets/regions.tsv");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect())
        .collect();
    let today: Vec<(&str, &str)> = rows
        .iter()
        .filter(|row| row.len() > 3 && row[3] == "9999" && row[0] != "000000")
        .map(|row| (row[0], row[1]))
        .collect();
    let named = |code: String| {
        let found = today.iter().find(|(c, _)| *c == code);
        found.map_or("", |(_, name)| *name)
    };
    let place = |&(code, name): &(&str, &str)| {
        let (rank, kind) = match (&code[2..4], &code[4..6]) {
            ("00", _) => (0, if name.ends_with('市') { "市" } else { "省" }),
            (_, "00") => (1, "市"),
            _ => (2, if name.ends_with('区') { "区" } else { "县" }),
        };
        let around = match rank {
            2 => match named(format!("{}00", &code[..4])) {
                "" => named(format!("{}0000", &code[..2])),
                city => city,
            },
            _ => "",
        };
        Place {
            code: code.to_owned(),
            full: format!("{around}{name}"),
            name: name.to_owned(),
            kind,
            rank,
        }
    };
    today.iter().map(place).collect()
}
