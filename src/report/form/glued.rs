//! Rows of table 3 whose seven numbers have run together (`1234500`): parted where the
//! form's own sums leave one way to read them, and left out otherwise. A row that is wrong
//! in the report has no such reading, so nothing wrong is made right here.

use std::ops::Range;

use super::FormData;

/// Columns of table 3.
pub const COLUMNS: usize = 7;
/// Longest run of digits that is tried.
const LONGEST: usize = 24;
/// Most combinations of readings of all rows together that are tried.
const MOST_WAYS: usize = 20_000;

/// A row of table 3: its place in the form, and its ways to be read. A row known for
/// certain has one; one with a blank in it has none, and takes part in no sum.
#[derive(Debug)]
pub struct Row {
    pub row: usize,
    pub ways: Vec<[i64; COLUMNS]>,
    pub is_glued: bool,
}

/// Every way to see the digits as seven numbers of which the last is the sum of the others.
pub fn ways(digits: &str) -> Vec<[Range<usize>; COLUMNS]> {
    let fits = (COLUMNS..=LONGEST).contains(&digits.len());
    if !fits || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut ends = Vec::with_capacity(COLUMNS);
    part(digits, 0, 0, &mut ends, &mut found);
    found
}

fn part(
    digits: &str,
    from: usize,
    sum: i64,
    ends: &mut Vec<Range<usize>>,
    found: &mut Vec<[Range<usize>; COLUMNS]>,
) {
    let left = COLUMNS - ends.len();
    if left == 1 {
        let total = from..digits.len();
        let starts_well = total.len() == 1 || !digits[total.clone()].starts_with('0');
        if starts_well && number(&digits[total.clone()]) == Some(sum) {
            ends.push(total);
            if let Ok(way) = <[Range<usize>; COLUMNS]>::try_from(ends.clone()) {
                found.push(way);
            }
            ends.pop();
        }
        return;
    }
    for end in from + 1..=digits.len() - (left - 1) {
        let Some(value) = number(&digits[from..end]) else {
            break;
        };
        ends.push(from..end);
        part(digits, end, sum + value, ends, found);
        ends.pop();
        // 0 is a number by itself, 01 is none.
        if digits.as_bytes()[from] == b'0' {
            break;
        }
    }
}

/// A count of at most nine digits.
fn number(digits: &str) -> Option<i64> {
    (digits.len() <= 9).then(|| digits.parse().ok()).flatten()
}

/// Which way each row is read, where all its sums leave one.
pub fn solve(rows: &[Row], data: &FormData) -> Vec<Option<usize>> {
    let sums = sums(rows, data);
    let mut choice: Vec<Option<usize>> = rows
        .iter()
        .map(|r| (!r.ways.is_empty()).then_some(0))
        .collect();
    let open: Vec<usize> = (0..rows.len())
        .filter(|i| rows[*i].ways.len() > 1)
        .collect();
    let count = open.iter().try_fold(1usize, |n, i| {
        n.checked_mul(rows[*i].ways.len())
            .filter(|n| *n <= MOST_WAYS)
    });
    let Some(count) = count else {
        open.iter().for_each(|i| choice[*i] = None);
        return choice;
    };
    let mut right: Option<Vec<Option<usize>>> = None;
    for mut number in 0..count {
        let mut tried = choice.clone();
        for i in &open {
            tried[*i] = Some(number % rows[*i].ways.len());
            number /= rows[*i].ways.len();
        }
        if !sums.iter().all(|s| s.holds(rows, &tried)) {
            continue;
        }
        match &mut right {
            None => right = Some(tried),
            // What two right readings do not agree on stays open.
            Some(right) => {
                for i in &open {
                    if right[*i] != tried[*i] {
                        right[*i] = None;
                    }
                }
            }
        }
    }
    right.unwrap_or_else(|| {
        // The report does not add up: nothing that was parted by sums is believed.
        let believed = |(row, way): (&Row, &Option<usize>)| way.filter(|_| !row.is_glued);
        rows.iter().zip(&choice).map(believed).collect()
    })
}

/// An equation between rows, column by column.
struct Sum {
    left: Vec<usize>,
    right: Vec<usize>,
}

impl Sum {
    fn holds(&self, rows: &[Row], choice: &[Option<usize>]) -> bool {
        let side = |side: &[usize], column: usize| -> Option<i64> {
            side.iter()
                .map(|i| Some(rows[*i].ways[choice[*i]?][column]))
                .sum()
        };
        (0..COLUMNS).all(|c| match (side(&self.left, c), side(&self.right, c)) {
            (Some(left), Some(right)) => left == right,
            _ => true,
        })
    }
}

/// R-T3a and R-T3b, where every row that they speak of is there.
fn sums(rows: &[Row], data: &FormData) -> Vec<Sum> {
    let of = |cell: &str| rows.iter().position(|r| data.row[r.row].cell == cell);
    let balance = [
        "received.new",
        "received.carried_in",
        "closed.total",
        "carried_out",
    ];
    let lines = data.row.iter().filter(|r| r.table == "t3");
    let results = lines.filter(|r| !balance.contains(&r.cell.as_str()));
    let results: Option<Vec<usize>> = results.map(|r| of(&r.cell)).collect();
    let [new, carried_in, closed, out] = balance.map(of);
    let mut sums = Vec::new();
    if let (Some(left), Some(closed)) = (results, closed) {
        let right = vec![closed];
        sums.push(Sum { left, right });
    }
    if let (Some(a), Some(b), Some(c), Some(d)) = (new, carried_in, closed, out) {
        sums.push(Sum {
            left: vec![a, b],
            right: vec![c, d],
        });
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(digits: &str) -> Vec<Vec<&str>> {
        let parted = |way: [Range<usize>; COLUMNS]| way.map(|r| &digits[r]).to_vec();
        ways(digits).into_iter().map(parted).collect()
    }

    #[test]
    fn digits_are_parted_where_they_add_up() {
        assert_eq!(read("0000000"), [["0", "0", "0", "0", "0", "0", "0"]]);
        assert_eq!(read("120000012"), [["12", "0", "0", "0", "0", "0", "12"]]);
        // 1, 0, 0, 0, 0, 0, 2 adds up in no way.
        assert!(read("1000002").is_empty());
        assert!(read("12").is_empty() && read("1234567890123456789012345").is_empty());
    }

    #[test]
    fn several_ways_stay_several() {
        // 1 + 11, 11 + 1, 1 + 1 + 10
        assert_eq!(read("111000012").len(), 3);
    }
}
