//! Two things the compiler cannot say of itself: which sample reports there are (a list of
//! `include_bytes!`), and a fingerprint of everything that decides what is read out of a
//! report (`GONGKAI_RULES`), so that an index made with other rules is never taken for ours.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Sources and data that decide what is indexed. Interface strings, themes, keys are not
/// among them.
const RULES: [&str; 8] = [
    "src/text",
    "src/source",
    "src/report",
    "src/figure",
    "src/audit",
    "src/reading.rs",
    "src/index",
    "assets",
];
const NOT_RULES: [&str; 5] = [
    "assets/samples",
    "assets/lang",
    "assets/themes",
    "assets/keys.toml",
    "assets/config.toml",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);

    let mut hasher = DefaultHasher::new();
    let mut files = Vec::new();
    for part in RULES {
        println!("cargo:rerun-if-changed={part}");
        collect(&root.join(part), &mut files);
    }
    files.sort();
    for file in files {
        let name = file
            .strip_prefix(&root)?
            .to_string_lossy()
            .replace('\\', "/");
        if NOT_RULES.iter().any(|n| name.starts_with(n)) {
            continue;
        }
        name.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    println!("cargo:rustc-env=GONGKAI_RULES={:016x}", hasher.finish());

    println!("cargo:rerun-if-changed=assets/samples");
    let mut samples = Vec::new();
    collect(&root.join("assets/samples"), &mut samples);
    samples.sort();
    let mut list = String::from("&[\n");
    for file in samples {
        let ending = file
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        // SAMPLES.md tells where the samples come from.
        if !matches!(ending, "txt" | "md") || file.ends_with("SAMPLES.md") {
            continue;
        }
        let name = file
            .strip_prefix(root.join("assets/samples"))?
            .to_string_lossy()
            .replace('\\', "/");
        list.push_str(&format!(
            "    ({name:?}, include_bytes!({:?})),\n",
            file.display().to_string()
        ));
    }
    list.push_str("]\n");
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("samples.rs");
    fs::write(out, list)?;
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_owned());
    } else if let Ok(entries) = fs::read_dir(path) {
        for entry in entries.flatten() {
            collect(&entry.path(), files);
        }
    }
}
