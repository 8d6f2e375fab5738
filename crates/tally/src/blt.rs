//! Ballots as BLT files, the form in which elections by transferable vote are published.
//!
//! Shape: `options seats`; then, if any were withdrawn, their numbers below nought; then one ballot a
//! line, its weight, the numbers of the options in order of preference, and a nought; a nought alone;
//! then the name of each option and the title, in quotes or a line each. As found in the wild: `#`
//! begins a comment; `=` joins options of one rank; `-` leaves a rank out; a ballot may carry a name
//! in parentheses; names may be unquoted or hold doubled quotes; lines may end with spaces, and the
//! title may be missing.

use crate::choice::Choice;
use crate::poll::Poll;
use crate::refused::PollRefused;

/// Reads a poll. Refused with the line and what it was expected to say.
pub fn read(text: &str) -> Result<Poll, PollRefused> {
    let mut lines = Lines::new(text);
    let (choices, seats) = heading(&mut lines)?;
    let body = ballots(&mut lines, choices)?;
    let (names, title) = names(&mut lines, choices)?;
    let mut poll = Poll::try_new(&title, seats, names)?;
    for (weight, ranks) in body.ballots {
        poll.cast(weight, &ranks)?;
    }
    for choice in body.withdrawn {
        poll.withdraw(choice);
    }
    Ok(poll)
}

/// The lines that say something, with their numbers.
struct Lines<'a> {
    left: std::iter::Peekable<std::vec::IntoIter<(usize, &'a str)>>,
    last: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let bare = |line: &'a str| without_comment(line).trim();
        let all = text.lines().enumerate().map(|(at, line)| (at + 1, bare(line)));
        let left: Vec<_> = all.filter(|(_, line)| !line.is_empty()).collect();
        let last = left.last().map_or(1, |(at, _)| *at);
        Self { left: left.into_iter().peekable(), last }
    }

    fn next(&mut self, expected: &'static str) -> Result<(usize, &'a str), PollRefused> {
        self.left.next().ok_or(PollRefused::line(self.last, "the end of the file", expected))
    }
}

/// A line up to its comment, if the `#` does not stand within quotes.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    for (at, sign) in line.char_indices() {
        match sign {
            '"' => quoted = !quoted,
            '#' if !quoted => return line.get(..at).unwrap_or(line),
            _ => {}
        }
    }
    line
}

fn heading(lines: &mut Lines<'_>) -> Result<(usize, u32), PollRefused> {
    const EXPECTED: &str = "the numbers of options and of seats, such as `5 2`";
    let (at, line) = lines.next(EXPECTED)?;
    let wrong = || PollRefused::line(at, line, EXPECTED);
    let mut numbers = line.split_whitespace();
    let choices = numbers.next().and_then(|word| word.parse().ok()).ok_or_else(wrong)?;
    let seats = numbers.next().and_then(|word| word.parse().ok()).ok_or_else(wrong)?;
    match numbers.next() {
        None => Ok((choices, seats)),
        Some(_) => Err(wrong()),
    }
}

struct Body {
    ballots: Vec<(u64, Vec<u16>)>,
    withdrawn: Vec<Choice>,
}

fn ballots(lines: &mut Lines<'_>, choices: usize) -> Result<Body, PollRefused> {
    let mut body = Body { ballots: Vec::new(), withdrawn: Vec::new() };
    loop {
        let (at, line) = lines.next("a ballot, or `0` after the last")?;
        if line == "0" {
            return Ok(body);
        }
        if line.starts_with('-') && !line.starts_with("- ") {
            body.withdrawn.extend(withdrawn((at, line), choices)?);
        } else {
            body.ballots.push(ballot((at, line), choices)?);
        }
    }
}

fn withdrawn((at, line): (usize, &str), choices: usize) -> Result<Vec<Choice>, PollRefused> {
    let number = |word: &str| {
        let number: usize = word.strip_prefix('-')?.parse().ok()?;
        (1..=choices).contains(&number).then(|| Choice::at(number - 1))
    };
    let all = line.split_whitespace().map(number).collect::<Option<_>>();
    all.ok_or(PollRefused::line(at, line, "numbers of withdrawn options, such as `-3 -4`"))
}

fn ballot((at, line): (usize, &str), choices: usize) -> Result<(u64, Vec<u16>), PollRefused> {
    let wrong = |expected| PollRefused::line(at, line, expected);
    let mut words = line.split_whitespace().peekable();
    if words.peek().is_some_and(|word| word.starts_with('(')) {
        // The name of the ballot, up to its closing parenthesis.
        while words.next().is_some_and(|word| !word.ends_with(')')) {}
    }
    let mut words: Vec<&str> = words.collect();
    if words.pop() != Some("0") {
        return Err(wrong("a ballot that ends with `0`"));
    }
    let (weight, preferences) = match words.split_first() {
        Some((weight, rest)) => (weight.parse().map_err(|_| wrong("a whole weight first"))?, rest),
        // A ballot of nothing but its name weighs one and says nothing.
        None => (1, &[][..]),
    };
    let mut ranks = vec![0; choices];
    for (rank, word) in (1_u16..).zip(preferences) {
        if *word == "-" {
            continue;
        }
        for number in word.split('=') {
            let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let slot = place.and_then(|place| ranks.get_mut(place));
            let slot = slot.ok_or_else(|| wrong("numbers of options of this poll"))?;
            if *slot != 0 {
                return Err(wrong("each option once on a ballot"));
            }
            *slot = rank;
        }
    }
    Ok((weight, ranks))
}

fn names(lines: &mut Lines<'_>, choices: usize) -> Result<(Vec<String>, String), PollRefused> {
    let mut found = Vec::new();
    for (at, line) in lines.left.by_ref() {
        match quoted(line) {
            Some(names) => found.extend(names),
            None => found.push(line.to_owned()),
        }
        if found.len() > choices + 3 {
            return Err(PollRefused::line(at, line, "nothing after the title"));
        }
    }
    if found.len() < choices {
        return Err(PollRefused::line(lines.last, "the end of the file", "a name for each option"));
    }
    // After the title some programs write where the poll was held and who counted it.
    let title = found.get(choices).cloned().unwrap_or_default();
    found.truncate(choices);
    Ok((found, title))
}

/// The names of a line that holds nothing but names in quotes; a doubled quote stands for one.
fn quoted(line: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (name, after) = one_quoted(rest.strip_prefix('"')?)?;
        names.push(name);
        rest = after.trim_start();
    }
    Some(names)
}

fn one_quoted(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if sign != '"' {
            name.push(sign);
        } else if signs.next_if(|&(_, next)| next == '"').is_some() {
            name.push('"');
        } else {
            return Some((name.trim().to_owned(), text.get(at + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_in_the_wild_is_read() {
        let text = "\u{feff}4 2 # four for two\r\n-2\r\n\n3 1 3 4 0\n4 1=3 - 2 0\n(b 17) 1 4 0 # late\n\
                    2 0\n(b 18) 0\n0\n\"Ann \"\"Red\"\" O'B\" \"Bea\"\nCem #1\n\"Dee # 2\"\n\"Council\"\n";
        let poll = read(text).unwrap();
        let names: Vec<_> = poll.choices().map(|choice| poll.name(choice).to_owned()).collect();
        assert_eq!(names, ["Ann \"Red\" O'B", "Bea", "Cem", "Dee # 2"]);
        assert_eq!((poll.title.as_str(), poll.seats), ("Council", 2));
        let ballots: Vec<_> = poll.ballots().map(|one| (one.weight, one.ranks.to_vec())).collect();
        let expected = [
            (3, vec![1, 0, 2, 3]),
            (4, vec![1, 3, 1, 0]),
            (1, vec![0, 0, 0, 1]),
            (2, vec![0; 4]),
            (1, vec![0; 4]),
        ];
        assert_eq!(ballots, expected);
        assert!(poll.is_withdrawn(Choice(1)));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let line = |text: &str| match read(text) {
            Err(PollRefused::Line { line, .. }) => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(line(""), 1);
        assert_eq!(line("3\n"), 1);
        assert_eq!(line("3 1 2\n"), 1);
        assert_eq!(line("2 1\n1 3 0\n0\na\nb\n"), 2);
        assert_eq!(line("2 1\n1 1 1 0\n0\na\nb\n"), 2);
        assert_eq!(line("2 1\n1 1 2\n0\na\nb\n"), 2);
        assert_eq!(line("2 1\n0.5 1 2 0\n0\na\nb\n"), 2);
        assert_eq!(line("2 1\n-3\n0\na\nb\n"), 2);
        assert_eq!(line("2 1\n1 1 0\n"), 2);
        assert_eq!(line("2 1\n1 1 0\n0\na\n"), 4);
        assert_eq!(line("1 1\n1 1 0\n0\na\nt\nu\nv\nw\n"), 8);
        assert!(matches!(read("2 1\n0\na\na\n"), Err(PollRefused::SameName { .. })));
    }
}
