use std::fmt::Display;
use std::io::{ErrorKind, Write, stdout};

/// Prints a line, as `println!` does, but ends quietly when nobody reads any more.
macro_rules! say {
    ($($words:tt)*) => { $crate::said::line(&format_args!($($words)*)) };
}
pub(crate) use say;

/// Prints a line. `artel offer list | head` is no fault; a disk that is full is.
pub(crate) fn line(words: &dyn Display) {
    if let Err(error) = writeln!(stdout(), "{words}") {
        if error.kind() == ErrorKind::BrokenPipe {
            std::process::exit(0);
        }
        eprintln!("artel: cannot print: {error}");
        std::process::exit(1);
    }
}
