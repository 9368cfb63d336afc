//! Arguments → run → exit code; all of it in [`gongkai::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    gongkai::cli::main()
}
