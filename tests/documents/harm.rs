//! Files that are broken or mean harm: a line each, in bounded time.

use super::*;

/// A file of a kilobyte whose page unpacks to a gigabyte.
fn bomb() -> Vec<u8> {
    let mut packed = vec![0; 1 << 20];
    for round in 0..3 {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..if round == 0 { 3000 } else { 1 } {
            encoder.write_all(&packed).expect("packed");
        }
        packed = encoder.finish().expect("packed");
    }
    let mut content = format!(
        "<</Length {}/Filter[/FlateDecode/FlateDecode/FlateDecode]>>stream\n",
        packed.len()
    )
    .into_bytes();
    content.extend(packed);
    content.extend(b"\nendstream");
    assembled(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec(),
        content,
    ])
}

/// One line for each file that cannot be read; every other file is read.
#[test]
fn bad_files_cost_a_line_each_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let put =
        |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("written");
    put("a.pdf", &report().bytes());
    put("b.txt", format!("{TITLE}\n一、概述\n{TEXT}\n").as_bytes());
    put(
        "c.docx",
        &docx(&format!("<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>"), "", ""),
    );
    put("bomb.pdf", &bomb());
    put(
        "old.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
    );
    put("rich.doc", b"{\\rtf1 x}");
    put(
        "really.doc",
        &docx(&format!("<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"), "", ""),
    );
    put("sheet.xls", b"x");
    put("scan.jpg", b"x");
    fs::create_dir(folder.path().join("页面_files")).expect("a folder");
    put("页面_files/logo.png", b"x");
    put(
        "locked.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
    );
    put("not.docx", b"plain text");
    put("\u{1b}[31mred.ofd", b"x");
    let huge = fs::File::create(folder.path().join("huge.txt")).expect("a file");
    huge.set_len(500 << 20).expect("sparse");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).expect("a link");
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero.txt")).expect("a link");
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"\xb1\xa8\xb8\xe6.txt");
        fs::write(folder.path().join(name), TEXT).expect("written");
    }
    let begun = Instant::now();
    let index = tempfile::tempdir().expect("a folder");
    let mut run = Command::cargo_bin("gongkai").expect("the program");
    let run = run
        .args(["index", "--lang", "en", "--index-dir"])
        .arg(index.path())
        .arg(folder.path())
        .output()
        .expect("run");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(
        begun.elapsed() < Duration::from_secs(40),
        "{:?}",
        begun.elapsed()
    );
    assert!(run.status.success(), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
    for (file, reason) in [
        ("bomb.pdf", "takes more time or memory"),
        ("old.doc", "Word (doc) files are not supported"),
        ("rich.doc", "RTF files are not supported"),
        ("sheet.xls", "Excel (xls) files are not supported"),
        ("scan.jpg", "JPEG image files are not supported"),
        ("locked.docx", "encrypted"),
        ("not.docx", "damaged"),
        ("red.ofd", "OFD files are not supported"),
        ("huge.txt", "larger than 64 MB"),
    ] {
        let line = said
            .lines()
            .filter(|l| l.contains(file))
            .collect::<Vec<_>>();
        assert_eq!(line.len(), 1, "{file} in {said}");
        assert!(line[0].contains(reason), "{}", line[0]);
    }
    assert!(!said.contains("logo.png"));
    let read = String::from_utf8_lossy(&run.stdout).into_owned();
    // What cannot be read is counted as that alone, never as new too.
    let (new, unreadable) = if cfg!(unix) { (5, 11) } else { (4, 9) };
    let counts = format!("{new} new, 0 changed, 0 gone, 0 unchanged, {unreadable} unreadable");
    assert!(read.contains(&counts), "{read} {said}");
    #[cfg(unix)]
    for (file, reason) in [("loop", "leads back"), ("zero.txt", "not a regular file")] {
        assert!(
            said.lines().any(|l| l.contains(file) && l.contains(reason)),
            "{said}"
        );
    }
}

#[test]
fn bombs_in_archives_and_documents_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let nothing = vec![b' '; 40 << 20];
    fs::write(
        folder.path().join("bomb.zip"),
        zip(&[("a.txt", &nothing), ("b.txt", TEXT.as_bytes())]),
    )
    .expect("written");
    let walk = Corpus::open(&[folder.path()]).expect("a corpus").walk();
    assert_eq!(walk.entries.len(), 1);
    assert_eq!(walk.failures.len(), 1);
    let begun = Instant::now();
    let body = "<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(1 << 21);
    let large = docx(&body, "", "");
    assert!(large.len() < 1 << 20);
    assert_eq!(
        source::read(&large, Format::Docx).err(),
        Some(SourceError::TooLarge)
    );
    let body = "<w:tbl><w:tr><w:tc>".repeat(500_000);
    let _ = source::read(&docx(&body, "", ""), Format::Docx);
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
    let lines = "a\n".repeat(source::MAX_LINES + 1);
    assert_eq!(
        source::read(lines.as_bytes(), Format::Txt).err(),
        Some(SourceError::TooLong)
    );
}
