use federation::act::{Nature, ProposeSpecification};
use federation::{Essential, Line, Name, Preference, Prose};
use measure::Measure;

use crate::Failed;

fn wrong(line: &str, says: impl std::fmt::Display) -> Failed {
    Failed::refused("essentials", format!("`{line}`: {says}"))
}

/// Reads `Bread; good; kg; 3.500; baked on the day`: what it is, a good or a service, how it is
/// counted, how much for each counted member, and its clauses. The decimals of the amount say how
/// finely it is counted from then on.
pub fn read_essential(line: &str) -> Result<Essential, Failed> {
    let parts: Vec<&str> = line.split(';').map(str::trim).collect();
    let [name, nature, measure, amount, clauses @ ..] = parts.as_slice() else {
        return Err(wrong(line, "too little; write it as `Bread; good; kg; 3.500; fit to eat`"));
    };
    let nature = match *nature {
        "good" => Nature::Good,
        "service" => Nature::Service,
        found => return Err(wrong(line, format!("`{found}` is neither `good` nor `service`"))),
    };
    let amount = amount.replace(',', ".");
    let decimals = amount.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let decimals = u8::try_from(decimals).unwrap_or(u8::MAX);
    let measure = Measure::try_new(measure, decimals).map_err(|why| wrong(line, why))?;
    let per_member = measure.parse(&amount).map_err(|why| wrong(line, why))?;
    let clauses = clauses.iter().map(|clause| Line::parse(clause).map_err(|why| wrong(line, why)));
    let specification = ProposeSpecification {
        name: Name::parse(name).map_err(|why| wrong(line, why))?,
        nature,
        measure,
        clauses: clauses.collect::<Result<_, _>>()?,
        about: Prose::default(),
    };
    Ok(Essential { specification, per_member })
}

/// Reads `nearness, memory`: which plans a round prefers, the weightiest first.
pub fn read_order(text: &str) -> Result<Vec<Preference>, Failed> {
    let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
    let preference = |word: &str| match word {
        "nearness" => Ok(Preference::Nearness),
        "expiry" => Ok(Preference::Expiry),
        "memory" => Ok(Preference::Memory),
        "changes" => Ok(Preference::Changes),
        _ => Err(Failed::refused(
            "order",
            format!(
                "`{word}` is no preference; write some of nearness, expiry, memory and changes, \
                 with a comma between"
            ),
        )),
    };
    words.map(preference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_essential_is_read_from_one_line() {
        let bread =
            read_essential("Bread; good; kg; 3.500; baked on the day; whole grain").unwrap();
        assert_eq!(bread.per_member.steps(), 3500);
        assert_eq!(bread.specification.measure.decimals(), 3);
        assert_eq!(bread.specification.clauses.len(), 2);
        let care = read_essential("Care; service; visit; 1; by somebody trained").unwrap();
        assert_eq!((care.specification.nature, care.per_member.steps()), (Nature::Service, 1));
    }

    #[test]
    fn a_line_that_says_too_little_or_something_else_is_refused_with_an_example() {
        let refused = |line| read_essential(line).unwrap_err().to_string();
        assert!(refused("Bread; good; kg").contains("write it as"));
        assert!(refused("Bread; thing; kg; 1; x").contains("neither `good` nor `service`"));
        assert!(refused("Bread; good; kg; much; x").contains("much"));
    }

    #[test]
    fn an_order_is_words_with_commas_between() {
        let order = read_order("memory, nearness").unwrap();
        assert_eq!(order, [Preference::Memory, Preference::Nearness]);
        assert!(read_order("").unwrap().is_empty());
        assert!(read_order("speed").unwrap_err().to_string().contains("`speed` is no preference"));
    }
}
