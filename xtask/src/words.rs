//! One word per thing: the words of money and of rank name nothing in Artel.

use crate::files::is_source;
use crate::tree::{Complaint, File, Tree};

const FORBIDDEN: [&str; 7] = ["account", "coin", "credit", "payment", "price", "admin", "user"];

/// Words of the web and of other programs that hold a forbidden word and mean something else.
const FOREIGN: [&str; 10] = [
    "User-Agent",
    "user-agent",
    "USER_AGENT",
    "user_agent",
    "userAgent",
    "user-select",
    "user-data-dir",
    ":user-invalid",
    "user-scalable",
    "user_version",
];

pub(crate) fn check(tree: &Tree) -> Vec<Complaint> {
    let sources =
        tree.files.iter().filter(|file| is_source(file) && file.path != "xtask/src/words.rs");
    sources.flat_map(words).collect()
}

fn words(file: &File) -> Vec<Complaint> {
    let mut found = Vec::new();
    for (number, line) in file.lines() {
        let mut code = without_comment(file, line).to_owned();
        for foreign in FOREIGN {
            code = code.replace(foreign, "");
        }
        found.extend(forbidden_in(&code).map(|word| {
            file.complaint(number, format!("`{word}` names nothing here; see GLOSSARY.md"))
        }));
    }
    found
}

/// The line up to its comment; a comment may say what Artel has not.
fn without_comment<'a>(file: &File, line: &'a str) -> &'a str {
    let mark = match file.extension() {
        "rs" | "js" | "mjs" | "cc" | "cpp" => "//",
        "py" | "sh" | "" => "#",
        _ => return line,
    };
    let comment = line.match_indices(mark).find(|(start, _)| {
        let before = &line[..*start];
        before.matches('"').count().is_multiple_of(2) && !before.ends_with(':')
    });
    comment.map_or(line, |(start, _)| &line[..start])
}

/// The forbidden words among the parts of every name: `UserId`, `user_id` and `users` hold one.
fn forbidden_in(code: &str) -> impl Iterator<Item = &'static str> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut lower_before = false;
    for letter in code.chars() {
        if !letter.is_ascii_alphabetic() || (letter.is_ascii_uppercase() && lower_before) {
            parts.push(String::new());
        }
        lower_before = letter.is_ascii_lowercase();
        if letter.is_ascii_alphabetic()
            && let Some(part) = parts.last_mut()
        {
            part.push(letter.to_ascii_lowercase());
        }
    }
    FORBIDDEN.into_iter().filter(move |word| {
        parts.iter().any(|part| part == word || part.strip_suffix('s') == Some(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn words_of_money_and_rank_are_found_inside_names() {
        for text in ["struct UserId;", "fn set_price() {}", "let users = 1;", "\"your account\""] {
            assert_eq!(complaints("crates/node/src/act.rs", text), 1, "{text}");
        }
        assert_eq!(complaints("crates/pages/templates/today.html", "<p>Payment</p>"), 1);
    }

    #[test]
    fn comments_and_words_of_the_web_are_left_alone() {
        for text in ["// there is no account", "fn f() {} // no price", "header(\"User-Agent\")"] {
            assert_eq!(complaints("crates/node/src/act.rs", text), 0, "{text}");
        }
        assert_eq!(complaints("crates/pages/static/artel.css", "a { user-select: none }"), 0);
        assert_eq!(complaints("crates/node/src/act.rs", "fn accountable() {}"), 0);
    }
}
