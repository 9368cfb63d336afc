//! Archives are folders, within limits.

use super::*;

#[test]
fn an_archive_is_read_as_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let (gbk, _, _) = encoding_rs::GBK.encode("年度报告（松溪县）.txt");
    let placeholder = "n".repeat(gbk.len());
    let inner = zip(&[
        ("乡镇/c.txt", TEXT.as_bytes()),
        ("../up.txt", b"x"),
        ("deeper.zip", b"x"),
    ]);
    let archive = zip(&[
        ("towns.zip", &inner),
        (
            "inner/a.docx",
            &docx(&format!("<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>"), "", ""),
        ),
        ("inner/b.pdf", &report().bytes()),
        (&placeholder, TEXT.as_bytes()),
        ("../out.txt", b"x"),
        ("deep.zip", b"x"),
        ("picture_files/x.png", b"x"),
        ("inner/old.xls", b"x"),
    ]);
    let archive = documents::renamed(archive, placeholder.as_bytes(), &gbk);
    let file = folder.path().join("all.zip");
    fs::write(&file, &archive).expect("written");
    fs::write(folder.path().join("broken.zip"), &archive[..200]).expect("written");
    let corpus = Corpus::open(&[folder.path()]).expect("a corpus");
    let walk = corpus.walk();
    let paths: Vec<&str> = walk.entries.iter().map(|e| e.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "all.zip/inner/a.docx",
            "all.zip/inner/b.pdf",
            "all.zip/towns.zip/乡镇/c.txt",
            "all.zip/年度报告（松溪县）.txt"
        ]
    );
    let failed: Vec<&str> = walk.failures.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(
        failed,
        [
            "all.zip/deep.zip",
            "all.zip/inner/old.xls",
            "all.zip/out.txt",
            "all.zip/towns.zip/deeper.zip",
            "all.zip/towns.zip/up.txt",
            "broken.zip"
        ]
    );
    for entry in &walk.entries {
        let bytes = corpus.bytes(entry).expect("bytes");
        let source = source::read(&bytes, entry.format).expect("readable");
        assert!(source.text.contains("松溪县") || source.text.contains("全县"));
        assert_eq!(corpus.stamp(entry), entry.stamp);
        assert!(entry.editable().is_none());
        assert_eq!(corpus.entry_at(&entry.path).as_ref(), Some(entry));
    }
    // An encrypted member is said to be so: a bit in its two heads tells.
    let mut locked = zip(&[("a.txt", TEXT.as_bytes())]);
    let heads: Vec<usize> = (0..locked.len() - 4)
        .filter_map(|i| match &locked[i..i + 4] {
            b"PK\x03\x04" => Some(i + 6),
            b"PK\x01\x02" => Some(i + 8),
            _ => None,
        })
        .collect();
    heads.iter().for_each(|at| locked[*at] |= 1);
    fs::write(folder.path().join("broken.zip"), locked).expect("written");
    let walk = corpus.walk();
    let locked = walk.failures.iter().find(|f| f.path == "broken.zip/a.txt");
    assert!(
        locked.is_some_and(|f| f.reason.starts_with("encrypted")),
        "{:?}",
        walk.failures
    );
    fs::remove_file(folder.path().join("broken.zip")).expect("removed");
    // Another archive in its place is noticed.
    let before = walk.entries[0].stamp;
    fs::write(
        &file,
        zip(&[(
            "inner/a.docx",
            &docx("<w:p><w:r><w:t>新的内容</w:t></w:r></w:p>", "", ""),
        )]),
    )
    .expect("written");
    let after = corpus.walk();
    assert_eq!(after.entries.len(), 1);
    assert_ne!(after.entries[0].stamp, before);
    assert!(corpus.bytes(&walk.entries[1]).is_err());
}
