//! The official forms: a correct form with random numbers, written down in any of the
//! shapes that portals and converters leave, comes back cell by cell.

mod common;

use common::forms::{Filled, Random};
use common::shapes::{SHAPES, Shape};
use gongkai::report::Form;

#[test]
fn forms_of_the_generator_add_up() {
    for seed in 0..50 {
        let form = Filled::random(Form::D, &mut Random::new(seed));
        let n = |cell: &str| form.get(cell).parse::<i64>().expect("a number");
        assert_eq!(
            n("D/t3/received.new/total") + n("D/t3/received.carried_in/total"),
            n("D/t3/closed.total/total") + n("D/t3/carried_out/total")
        );
        assert_eq!(form.cells().len(), 200);
        let form = Filled::random(Form::B, &mut Random::new(seed));
        let n = |cell: &str| form.get(cell).parse::<i64>().expect("a number");
        assert_eq!(n("B/3.2.1") + n("B/3.2.2"), n("B/3.2"));
        for shape in SHAPES {
            assert!(form.render(shape).0.len() > 1000);
        }
        let _ = Shape::Markdown;
    }
}
