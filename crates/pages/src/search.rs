//! Finding rows by the words that stand in them.

/// How many rows a list by name shows at once; the search finds the others.
pub(crate) const LISTED: usize = 100;

/// Whether each word that is searched for stands somewhere in a text.
pub(crate) fn has_words(text: &str, search: &str) -> bool {
    let text = text.to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// How many rows were found, of what is called so if it is one and so if it is several.
pub(crate) fn found_words(found: usize, (one, several): (&str, &str), search: &str) -> String {
    match found {
        0 if search.is_empty() => "None yet.".to_owned(),
        0 => "None that has all these words.".to_owned(),
        1 => format!("1 {one}."),
        2..=LISTED => format!("{found} {several}."),
        _ => format!("{found} {several}, the first {LISTED} by name; search for the others."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_by_all_words_in_any_order_and_case() {
        assert!(has_words("The Old Mill, Lower village", "village mill"));
        assert!(!has_words("The Old Mill", "mill pond"));
        assert!(has_words("anything", " "));
    }

    #[test]
    fn a_long_list_says_how_many_it_leaves_out_and_an_empty_one_why() {
        let words = |found, search| found_words(found, ("common", "commons"), search);
        assert_eq!(words(0, ""), "None yet.");
        assert_eq!(words(0, "mill"), "None that has all these words.");
        assert_eq!(words(1, "mill"), "1 common.");
        assert_eq!(words(100, ""), "100 commons.");
        assert_eq!(words(101, ""), "101 commons, the first 100 by name; search for the others.");
    }
}
