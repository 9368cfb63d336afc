//! 受理84件 in a report whose form has 79 new requests and 5 carried in counts both: what
//! was to be handled, and not what was received in the year.

use rust_decimal::Decimal;

use super::{Applicant, Figure};
use crate::text::fold::fold;

const NEW: &str = "requests.received.new";
const CARRIED_IN: &str = "requests.received.carried_in";
const HANDLED: &str = "requests.handled.total";

/// Those whom 法人或其他组织 means together.
const LEGAL: [Applicant; 5] = [
    Applicant::Enterprise,
    Applicant::Research,
    Applicant::Nonprofit,
    Applicant::LegalService,
    Applicant::OtherOrg,
];

/// Names the numbers of the prose that count new requests and carried ones together, where
/// a form gives both.
pub fn name(text: &str, figures: &mut [Figure]) {
    let cell = |key: &str, who: Option<Applicant>| {
        let mut cells = figures.iter().filter(|f| f.cell.is_some());
        let found = cells.find(|f| f.indicator.as_deref() == Some(key) && f.applicant == who);
        found.and_then(|f| f.value)
    };
    let stated = |key: &str, who: Option<Applicant>| match who {
        Some(Applicant::LegalAll) => LEGAL.iter().map(|who| cell(key, Some(*who))).sum(),
        who => cell(key, who),
    };
    let sum = |who: Option<Applicant>| {
        let (new, carried) = (stated(NEW, who)?, stated(CARRIED_IN, who)?);
        new.checked_add(carried).filter(|_| carried > Decimal::ZERO)
    };
    let together: Vec<usize> = (0..figures.len())
        .filter(|i| {
            let f = &figures[*i];
            let said = f.cell.is_none() && f.scope.is_none() && f.year.is_none();
            said && f.indicator.as_deref() == Some(NEW)
                && f.value.is_some()
                && sum(f.applicant) == f.value
                // 新收84件 says that it counts new ones only, and is wrong.
                && !text.get(f.range.clone()).is_some_and(says_new)
        })
        .collect();
    for i in together {
        figures[i].indicator = Some(HANDLED.to_owned());
    }
}

/// Whether the words of a number say that those of the year before are not in it.
fn says_new(words: &str) -> bool {
    let folded = fold(words);
    ["新收", "新增", "新接收", "新受理"]
        .iter()
        .any(|w| folded.contains(w))
}
