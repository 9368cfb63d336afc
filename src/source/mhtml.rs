//! Web pages saved with their parts in one file (`multipart/related`): the first part that
//! is a page. Mail software's own rules for transfer encodings are `mailparse`'s work, which
//! also bounds how deep parts may be nested.

use mailparse::ParsedMail;

/// The page and the encoding that its part declares; none when the file has no page.
pub fn page(bytes: &[u8]) -> Option<(Vec<u8>, Option<String>)> {
    let mail = mailparse::parse_mail(bytes).ok()?;
    let part = first(&mail, &["text/html", "application/xhtml+xml"])
        .or_else(|| first(&mail, &["text/plain"]))?;
    let body = part.get_body_raw().ok()?;
    let declared = part.ctype.params.get("charset").cloned();
    Some((body, declared))
}

fn first<'a>(mail: &'a ParsedMail<'a>, kinds: &[&str]) -> Option<&'a ParsedMail<'a>> {
    if mail.subparts.is_empty() {
        let kind = mail.ctype.mimetype.to_ascii_lowercase();
        // `parse_mail` calls a part without a header plain text.
        let said = mail
            .headers
            .iter()
            .any(|h| h.get_key_ref().eq_ignore_ascii_case("content-type"));
        return (said && kinds.contains(&kind.as_str())).then_some(mail);
    }
    mail.subparts.iter().find_map(|part| first(part, kinds))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: <Saved by a browser>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=\"--=_b\"\r\n\r\n\
        ----=_b\r\nContent-Type: text/css\r\n\r\np{}\r\n\
        ----=_b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <p>=E7=94=B3=E8=\r\n=AF=B7</p>\r\n----=_b--\r\n";

    #[test]
    fn the_first_page_is_decoded() {
        let (body, declared) = page(MAIL.as_bytes()).expect("a page");
        assert_eq!(
            String::from_utf8(body).expect("UTF-8").trim_end(),
            "<p>申请</p>"
        );
        assert_eq!(declared.as_deref(), Some("utf-8"));
        let wide = MAIL
            .replace("quoted-printable", "base64")
            .replace("<p>=E7=94=B3=E8=\r\n=AF=B7</p>", "PHA+55Sz6K+3PC9wPg==");
        assert_eq!(
            page(wide.as_bytes()).expect("a page").0,
            "<p>申请</p>".as_bytes()
        );
    }

    #[test]
    fn a_file_without_a_page_has_none() {
        assert!(page(b"").is_none());
        assert!(page("没有信头".as_bytes()).is_none());
        assert!(page(b"Content-Type: image/png\r\n\r\nx").is_none());
    }
}
