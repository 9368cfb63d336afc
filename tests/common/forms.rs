//! Correct official forms with random numbers: every identity of the form holds. Change a
//! cell with [`Filled::set`] and render it in any of the shapes of [`super::shapes`].
//!
//! ```ignore
//! mod common;                                  // in tests/NAME.rs
//! let mut form = Filled::random(Form::D, &mut Random::new(7));
//! form.set("D/t3/granted/natural", "12");
//! let (text, format) = form.render(Shape::Markdown);
//! ```

use std::collections::BTreeMap;

use gongkai::report::Form;
use gongkai::report::form::{FormData, forms};

/// A small generator of random numbers (xorshift), the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        for _ in 0..8 {
            random.next();
        }
        random
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// 0 ..= most.
    pub fn upto(&mut self, most: i64) -> i64 {
        (self.next() % (most.unsigned_abs() + 1)) as i64
    }

    /// Mostly zero, seldom large, as in the reports.
    pub fn count(&mut self) -> i64 {
        match self.upto(9) {
            0..=4 => 0,
            5..=7 => self.upto(9),
            8 => self.upto(99),
            _ => self.upto(4000),
        }
    }
}

/// A form with what is printed in each of its cells (empty for a blank one).
#[derive(Debug, Clone)]
pub struct Filled {
    pub form: Form,
    pub printed: BTreeMap<String, String>,
    /// A cell of table 3 that a converter lost, or split in two.
    pub damaged: Option<(String, Damage)>,
}

/// What became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    Lost,
    Split,
}

impl Filled {
    /// A form in which everything adds up.
    pub fn random(form: Form, random: &mut Random) -> Self {
        let mut filled = Self {
            form,
            printed: BTreeMap::new(),
            damaged: None,
        };
        match form {
            Form::A => filled.fill_a(random),
            Form::B => filled.fill_b(random),
            Form::C | Form::D => filled.fill_tables(random),
            Form::P => {}
        }
        for cell in filled.data().cells() {
            if is_local(&cell) {
                continue;
            }
            assert!(filled.printed.contains_key(&cell), "nothing for {cell}");
        }
        filled
    }

    pub fn data(&self) -> &'static FormData {
        let form = forms().iter().find(|f| f.form == self.form);
        form.expect("a form with tables")
    }

    /// What is printed in a cell.
    pub fn get(&self, cell: &str) -> &str {
        self.printed.get(cell).map_or("", String::as_str)
    }

    pub fn set(&mut self, cell: &str, printed: impl ToString) {
        self.printed.insert(cell.to_owned(), printed.to_string());
    }

    /// Loses a cell of table 3, or splits one of two digits; says which.
    pub fn damage(&mut self, random: &mut Random, split: bool) -> String {
        let mut cells = self.cells();
        let digits = |c: &String| self.get(c).len() > 1;
        cells.retain(|c| c.contains("/t3/") && (!split || digits(c)));
        if cells.is_empty() {
            return String::new();
        }
        let cell = cells.swap_remove(random.upto(cells.len() as i64 - 1) as usize);
        let damage = if split { Damage::Split } else { Damage::Lost };
        self.damaged = Some((cell.clone(), damage));
        cell
    }

    /// What is printed in these cells, and how many more or fewer it is than the form has.
    pub fn values(&self, cells: &[String]) -> (Vec<&str>, isize) {
        let mut values = Vec::new();
        let mut change = 0;
        for cell in cells {
            let value = self.get(cell);
            match &self.damaged {
                Some((damaged, Damage::Lost)) if damaged == cell => change -= 1,
                Some((damaged, Damage::Split)) if damaged == cell => {
                    values.extend([&value[..1], &value[1..]]);
                    change += 1;
                }
                _ => values.push(value),
            }
        }
        (values, change)
    }

    /// The cells, in the order of the form.
    pub fn cells(&self) -> Vec<String> {
        let mut cells = self.data().cells();
        cells.retain(|c| self.printed.contains_key(c));
        cells
    }

    /// Puts `total` into a cell and splits it over others.
    fn split(&mut self, random: &mut Random, total: i64, whole: &str, parts: &[String]) {
        self.set(whole, total);
        let mut rest = total;
        for (i, part) in parts.iter().enumerate() {
            let value = match i + 1 == parts.len() {
                true => rest,
                false if random.upto(2) == 0 => random.upto(rest),
                false => 0,
            };
            self.set(part, value);
            rest -= value;
        }
    }

    fn fill_tables(&mut self, random: &mut Random) {
        let form = format!("{:?}", self.form);
        let data = self.data();
        for row in data.row.iter().filter(|r| r.table == "t2") {
            for slot in data.slots(row) {
                if is_local(&slot.cell) {
                    continue;
                }
                let value = match slot.cell.rsplit('.').next() {
                    Some("amount") => format!("{}.{:02}", random.upto(900), 1 + random.upto(98)),
                    Some("items_delta") => match random.upto(3) {
                        0 => "0".into(),
                        1 => format!("+{}", 1 + random.upto(40)),
                        2 => format!("-{}", 1 + random.upto(40)),
                        _ => format!("{}", 1 + random.upto(9)),
                    },
                    _ => random.count().to_string(),
                };
                self.set(&slot.cell, value);
            }
        }
        for key in ["rules", "normative"] {
            let cell = format!("{form}/t2/{key}.");
            let issued: i64 = self.get(&format!("{cell}issued")).parse().expect("a count");
            let more = issued + random.upto(300);
            match self.form {
                Form::D => self.set(&format!("{cell}in_force"), more),
                _ => {
                    let published = random.upto(more);
                    self.set(&format!("{cell}newly_published"), published);
                    self.set(&format!("{cell}public_total"), more);
                }
            }
        }
        self.fill_requests(random, &form);
        for group in data.disputes.chunks(5) {
            let cells: Vec<String> = group.iter().map(|k| format!("{form}/t4/{k}")).collect();
            let total = random.count();
            self.split(random, total, &cells[4], &cells[..4]);
        }
    }

    fn fill_requests(&mut self, random: &mut Random, form: &str) {
        let data = self.data();
        let rows: Vec<&str> = data
            .row
            .iter()
            .filter(|r| r.table == "t3")
            .map(|r| r.cell.as_str())
            .collect();
        let cell = |row: &str, who: &str| format!("{form}/t3/{row}/{who}");
        let results = &rows[2..rows.len() - 2];
        for who in &data.applicants[..6] {
            let mut closed = 0;
            for row in results {
                let n = if who == "natural" || random.upto(4) == 0 {
                    random.count()
                } else {
                    0
                };
                closed += n;
                self.set(&cell(row, who), n);
            }
            let open = random.upto(5);
            let carried_in = random.upto((closed + open).min(5));
            self.set(&cell("closed.total", who), closed);
            self.set(&cell("carried_out", who), open);
            self.set(&cell("received.carried_in", who), carried_in);
            self.set(&cell("received.new", who), closed + open - carried_in);
        }
        for row in &rows {
            let sum: i64 = data.applicants[..6]
                .iter()
                .map(|who| self.number(&cell(row, who)))
                .sum();
            self.set(&cell(row, "total"), sum);
        }
    }

    fn number(&self, cell: &str) -> i64 {
        self.get(cell).parse().unwrap_or_default()
    }

    fn fill_b(&mut self, random: &mut Random) {
        for cell in self.data().cells() {
            self.set(&cell, random.count());
        }
        let b = |from: &str, n: usize| -> Vec<String> {
            (1..=n).map(|i| format!("B/{from}.{i}")).collect()
        };
        // The same words are counted once in the total and once in every channel.
        let total = random.upto(20_000);
        self.set("B/1.1", total);
        let normative = random.upto(total.min(40));
        self.set("B/1.1.1", normative);
        self.set("B/1.1.2", normative + random.upto(4));
        for channel in b("1.2", 5) {
            let some = random.upto(total);
            self.set(&channel, some);
        }
        self.set("B/1.2.2", total);
        for (whole, part) in [("B/2.2.1", "B/2.2.1.1"), ("B/2.2.2", "B/2.2.2.1")] {
            let by_head = random.upto(self.number(whole));
            self.set(part, by_head);
        }
        let received = random.count();
        self.split(random, received, "B/3.1", &b("3.1", 4));
        let closed = random.upto(received);
        self.split(random, closed, "B/3.2", &b("3.2", 2));
        self.split(random, closed, "B/3.3", &b("3.3", 8));
        let denied = self.number("B/3.3.4");
        self.split(random, denied, "B/3.3.4", &b("3.3.4", 6));
        for dispute in ["4", "5"] {
            let n = random.upto(30);
            self.split(random, n, &format!("B/{dispute}"), &b(dispute, 3));
        }
        let staff = random.upto(300);
        self.split(random, staff, "B/8.3", &b("8.3", 2));
        self.set(
            "B/7",
            format!("{}.{:02}", random.upto(9), 1 + random.upto(98)),
        );
        self.set(
            "B/8.4",
            format!("{}.{}", random.upto(80), 1 + random.upto(8)),
        );
    }

    fn fill_a(&mut self, random: &mut Random) {
        for cell in self.data().cells() {
            self.set(&cell, random.count());
        }
        let a = |from: usize, to: usize| -> Vec<String> {
            (from..=to).map(|i| format!("A/{i:02}")).collect()
        };
        let total = random.upto(20_000);
        self.set("A/01", total);
        let documents = random.upto(total);
        self.set("A/02", random.upto(total));
        self.set("A/03", documents);
        self.set("A/04", random.upto(documents));
        self.set("A/05", random.upto(total));
        let received = random.count();
        self.split(random, received, "A/12", &a(13, 18));
        let answered = random.count();
        self.split(random, answered, "A/19", &a(20, 27));
        let denied = self.number("A/27");
        self.split(random, denied, "A/27", &a(28, 33));
        let (ours, theirs) = (random.count(), random.count());
        self.split(random, ours, "A/38", &a(39, 42));
        self.split(random, theirs, "A/43", &a(44, 48));
        self.set("A/37", ours + theirs);
        let staff = random.upto(300);
        self.split(random, staff, "A/49", &a(50, 51));
        self.set(
            "A/52",
            format!("{}.{}", random.upto(80), 1 + random.upto(8)),
        );
    }
}

/// Lines that only some provinces print.
fn is_local(cell: &str) -> bool {
    cell.starts_with("C/t2/other.")
}
