//! The figures of one report, drawn so that they hang together.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::Era;
use super::places::Place;

/// Rows of results in table 3 of form D, below 一 and 二.
pub const RESULTS: usize = 21;

/// Everything that prose and tables say.
pub struct Facts {
    /// Year reported on.
    pub year: u32,
    /// Whose rules of counting.
    pub era: Era,
    /// Slots of the frames that are not drawn at random.
    pub slots: BTreeMap<&'static str, String>,
    /// Counts by name.
    pub counts: BTreeMap<&'static str, u64>,
    /// New, carried in, results, closed, carried out, for six kinds of applicants.
    pub requests: Vec<[u64; 6]>,
    /// One of a few printed figures is wrong.
    pub wrong: bool,
}

impl Facts {
    /// Draws them.
    pub fn draw(rng: &mut Rng, place: &Place, year: u32, era: Era) -> Self {
        let scale = [40, 12, 3][place.rank as usize] * rng.u64(2..12);
        let mut counts = BTreeMap::new();
        let requests = requests(rng, scale, year);
        let sum = |row: &[u64; 6]| row.iter().sum::<u64>();
        let group = |range: std::ops::Range<usize>| requests[range].iter().map(sum).sum::<u64>();
        counts.insert("received", sum(&requests[0]));
        counts.insert("carried_in", sum(&requests[1]));
        counts.insert("granted", group(2..3));
        counts.insert("partial", group(3..4));
        counts.insert("denied", group(4..12));
        counts.insert("unavailable", group(12..15));
        counts.insert("not_processed", group(15..20));
        counts.insert("otherdone", group(20..23));
        counts.insert("answered", group(2..15));
        counts.insert("natural", requests[0][0]);
        counts.insert("legal", requests[0][1..].iter().sum());
        let received = counts["received"];
        split(
            rng,
            &mut counts,
            received,
            &["inperson", "online", "letter"],
        );
        let total = scale * rng.u64(40..200);
        counts.insert("total", total);
        split(rng, &mut counts, total, &["k1", "k2", "k3", "k4", "k5"]);
        let website = total * rng.u64(60..95) / 100;
        counts.insert("website", website);
        counts.insert("gazette", (total - website) / rng.u64(2..9));
        counts.insert("otherway", total - website - counts["gazette"]);
        counts.insert("normative", rng.u64(..scale.min(60)));
        let consult = scale * rng.u64(10..300);
        counts.insert("consult", consult);
        split(
            rng,
            &mut counts,
            consult,
            &["phone", "onsite", "webconsult"],
        );
        counts.insert("visits", scale * rng.u64(500..9000));
        let staff = scale / 2 + rng.u64(2..40);
        counts.insert("staff", staff);
        split(rng, &mut counts, staff, &["part", "full"]);
        counts.insert("training", rng.u64(1..9));
        counts.insert("trained", rng.u64(30..900));
        counts.insert("meetings", rng.u64(1..6));
        counts.insert("points", rng.u64(2..30));
        let disputed = rng.u64(..100) < 45;
        let review = if disputed { rng.u64(1..12) } else { 0 };
        counts.insert("review", review);
        split(
            rng,
            &mut counts,
            review,
            &["review_upheld", "review_corrected"],
        );
        counts.insert("litigation", if disputed { rng.u64(1..8) } else { 0 });
        let charged = year < 2017 && rng.u64(..100) < 20;
        counts.insert("fees", if charged { rng.u64(20..4000) } else { 0 });

        let mut slots = BTreeMap::new();
        slots.insert("year", year.to_string());
        slots.insert("body", format!("{}人民政府", place.full));
        slots.insert("shortname", place.name.clone());
        slots.insert("kind", place.kind.to_owned());
        slots.insert(
            "fulltext",
            format!("{}.{}", rng.u32(80..100), rng.u32(1..10)),
        );
        let kinds = [
            ("p1", "k1"),
            ("p2", "k2"),
            ("p3", "k3"),
            ("p4", "k4"),
            ("p5", "k5"),
        ];
        for (share, part) in kinds {
            let percent = counts[part] as f64 * 100.0 / total as f64;
            slots.insert(share, format!("{percent:.2}"));
        }
        Self {
            year,
            era,
            slots,
            counts,
            requests,
            wrong: rng.u32(..100) < 6,
        }
    }
}

/// Cuts `whole` into as many parts as there are names.
fn split(
    rng: &mut Rng,
    counts: &mut BTreeMap<&'static str, u64>,
    whole: u64,
    names: &[&'static str],
) {
    let mut left = whole;
    for (i, name) in names.iter().enumerate() {
        let last = i + 1 == names.len();
        let part = if last { left } else { rng.u64(..=left) };
        counts.insert(name, part);
        left -= part;
    }
}

/// Table 3: what came in goes out as a result or is carried over, for each applicant.
fn requests(rng: &mut Rng, scale: u64, year: u32) -> Vec<[u64; 6]> {
    let mut rows = vec![[0; 6]; RESULTS + 4];
    // A quarter of the old reports had no request at all.
    if year < 2014 && rng.u64(..4) == 0 {
        return rows;
    }
    let new = |rng: &mut Rng, column: usize| match column {
        0 => rng.u64(1..=scale * 3),
        1 | 5 => rng.u64(..=scale / 4),
        _ => rng.u64(..3),
    };
    #[allow(clippy::needless_range_loop)] // one column goes through several rows
    for column in 0..6 {
        rows[0][column] = new(rng, column);
        rows[1][column] = rng.u64(..=rows[0][column] / 12);
        let all = rows[0][column] + rows[1][column];
        let out = rng.u64(..=all / 12);
        rows[RESULTS + 3][column] = out;
        let closed = all - out;
        rows[RESULTS + 2][column] = closed;
        for _ in 0..closed {
            // Most requests are granted, denied ones are spread thin.
            let row = match rng.u32(..100) {
                0..=54 => 2,
                55..=64 => 3,
                65..=79 => 12,
                _ => rng.usize(4..RESULTS + 2),
            };
            rows[row][column] += 1;
        }
    }
    rows
}
