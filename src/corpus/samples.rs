//! The reports embedded in the program, so that it shows something on its first start.
//! `build.rs` lists what lies in `assets/samples/`.

/// Name and bytes of every sample, in the order of their names.
pub(super) static SAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// The bytes of one sample.
pub(super) fn bytes(name: &str) -> Option<&'static [u8]> {
    let at = SAMPLES.binary_search_by_key(&name, |(n, _)| n).ok()?;
    Some(SAMPLES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_sorted_and_can_be_found() {
        assert!(SAMPLES.is_sorted());
        for (name, content) in SAMPLES {
            assert_eq!(bytes(name), Some(*content));
        }
        assert_eq!(bytes("no such sample"), None);
    }
}
