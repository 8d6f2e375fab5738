use federation::Federation;
use federation::act::{EssentialMark, Failure, ListRow, Question};

use super::{contract_sentence, delivery_sentence, instruction_words, progress_words, unit_name};

/// What a question comes to, line by line; nothing where its words and its name say it all.
pub fn question_lines(federation: &Federation, question: &Question) -> Vec<String> {
    match question {
        Question::List(rows) => rows.iter().map(|row| list_row_words(federation, row)).collect(),
        Question::Expel { failures, .. } => {
            failures.iter().map(|&failure| failure_words(federation, failure)).collect()
        }
        Question::Essentials(marks) if marks.is_empty() => {
            vec!["nothing is essential any more".to_owned()]
        }
        Question::Essentials(marks) => {
            marks.iter().map(|mark| mark_words(federation, mark)).collect()
        }
        Question::Order(order) => {
            (1..).zip(order).map(|(place, one)| format!("{place}. {}", one.word())).collect()
        }
        Question::Mandate { terms, .. } => terms_lines(federation, terms),
        Question::Delegates(election) => terms_lines(federation, &election.terms),
        _ => Vec::new(),
    }
}

fn terms_lines(federation: &Federation, terms: &federation::act::MandateTerms) -> Vec<String> {
    let until = format!("until {} UTC", terms.until);
    vec![instruction_words(federation, &terms.instruction), until]
}

/// What a list says of a unit: `Mill: 3 members count, base 60:00 hours, has weight`.
pub fn list_row_words(federation: &Federation, row: &ListRow) -> String {
    let found = federation.find_unit(row.unit);
    let name = found.map_or_else(|_| "a unit".to_owned(), |id| unit_name(federation, id));
    let count = match row.counted_members {
        1 => "1 member counts".to_owned(),
        many => format!("{many} members count"),
    };
    let weight = if row.enrolled { "has weight" } else { "has no weight yet" };
    format!("{name}: {count}, base {} hours, {weight}", row.base)
}

fn mark_words(federation: &Federation, mark: &EssentialMark) -> String {
    let found = federation.find_specification(mark.specification);
    match found.and_then(|id| federation.specification(id)) {
        Ok(row) => format!(
            "{}: {} {} for each counted member in a round",
            row.name,
            row.measure.format(mark.per_member),
            row.measure
        ),
        Err(_) => "a specification".to_owned(),
    }
}

/// A failure that an expulsion cites: `contract 7, overdue when this was proposed: Mill gives Bakery
/// 20 kg of flour/2`.
pub fn failure_words(federation: &Federation, failure: Failure) -> String {
    match failure {
        Failure::Rejected { delivery } => {
            let found = federation.find_delivery(delivery);
            match found.and_then(|id| Ok((id, federation.delivery(id)?))) {
                Ok((id, row)) => format!(
                    "delivery {id}: {}, {}",
                    delivery_sentence(federation, row),
                    progress_words(&row.progress)
                ),
                Err(_) => "a rejected delivery".to_owned(),
            }
        }
        Failure::Overdue { contract } => {
            let found = federation.find_contract(contract);
            match found.and_then(|id| Ok((id, federation.contract(id)?))) {
                Ok((id, row)) => {
                    let now = if row.left().is_zero() { ", delivered since" } else { "" };
                    let says = contract_sentence(federation, row);
                    format!("contract {id}, overdue when this was proposed{now}: {says}")
                }
                Err(_) => "an overdue contract".to_owned(),
            }
        }
    }
}
