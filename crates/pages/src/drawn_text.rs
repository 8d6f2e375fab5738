//! Text inside a drawing: as it must be written there, and in lines that fit.

/// Text as it stands in a drawing.
pub(crate) fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, letter| {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
        escaped
    })
}

/// The words of a name in so many lines at most, each with so many letters at most.
pub(crate) fn lines_of(name: &str, most: usize, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let rest = lines.split_off(lines.len().min(most)).join(" ");
    if let Some(last) = lines.last_mut().filter(|_| !rest.is_empty()) {
        last.push(' ');
        last.push_str(&rest);
    }
    lines.iter().map(|line| cut(line, letters)).collect()
}

/// A name, cut where it would leave the drawing.
pub(crate) fn cut(name: &str, letters: usize) -> String {
    if name.chars().count() <= letters {
        return name.to_owned();
    }
    name.chars().take(letters - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_stands_in_short_lines_and_is_cut_where_it_would_leave_the_drawing() {
        let lines = |name| lines_of(name, 3, 10);
        assert_eq!(lines("Stone Oven Bakery"), ["Stone Oven", "Bakery"]);
        assert_eq!(lines("Wheelhouse"), ["Wheelhouse"]);
        assert_eq!(
            lines("a bc Woodworkers of the North Bank"),
            ["a bc", "Woodworke…", "of the No…"]
        );
        assert_eq!(cut("exactly-10", 10), "exactly-10");
    }

    #[test]
    fn names_stand_in_a_drawing_as_text() {
        assert_eq!(escape("<b>\"&"), "&lt;b&gt;&quot;&amp;");
    }
}
