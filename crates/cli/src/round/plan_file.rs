use std::io::{self, Write};
use std::path::Path;

use circuits::Plan;

use super::Fault;
use super::problem::Problem;

/// Whether a file holds exactly what a plan comes to; says the first line that differs.
pub(crate) fn check(problem: &Problem, plan: &Plan, path: &Path) -> Result<(), Fault> {
    let found = std::fs::read(path).map_err(|cause| Fault::reading(path, cause))?;
    let mut compared = Compared { found: &found, at: 0, differs: false };
    let written = problem.write_plan(plan, &mut compared);
    let at = compared.at;
    if written.is_ok() && !compared.differs && at == found.len() {
        return Ok(());
    }
    let mut expected = Vec::new();
    problem.write_plan(plan, &mut expected).map_err(|cause| Fault::reading(path, cause))?;
    let (line, found, expected) = first_difference(&found, &expected);
    Err(Fault::Wrong(format!("{}:{line}: {found}; expected {expected}", path.display())))
}

/// Compares what is written with what was found, without holding it twice.
struct Compared<'a> {
    found: &'a [u8],
    at: usize,
    differs: bool,
}

impl Write for Compared<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let same = self.found.get(self.at..).is_some_and(|rest| rest.starts_with(bytes));
        self.differs |= !same;
        self.at += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn first_difference(found: &[u8], expected: &[u8]) -> (usize, String, String) {
    let mut found = found.split_inclusive(|&byte| byte == b'\n');
    let mut expected = expected.split_inclusive(|&byte| byte == b'\n');
    let mut line = 0;
    loop {
        line += 1;
        let (one, other) = (found.next(), expected.next());
        if one != other || one.is_none() {
            return (line, shown(one), shown(other));
        }
    }
}

fn shown(line: Option<&[u8]>) -> String {
    match line {
        None => "the end of the file".to_owned(),
        Some(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            format!("`{}`", text.strip_suffix('\n').unwrap_or(&text).escape_debug())
        }
    }
}
