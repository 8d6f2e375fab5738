use federation::act::{Instruction, NumberRange, Parameter, Question};
use federation::rows::Ended;
use federation::{Federation, Prose};

use super::question_words;

/// What a delegate brings along, in plain words: `says yes to a value of bread/2 from 0:15 to 0:20
/// hours`.
pub fn instruction_words(federation: &Federation, instruction: &Instruction) -> String {
    match instruction {
        Instruction::Voice {} => {
            "listens and speaks for the unit, and says yes to nothing".to_owned()
        }
        Instruction::Bound { question, text } => bound_words(federation, question, text),
        Instruction::Range(NumberRange::Value { version, least, most }) => {
            let found = federation.find_version(*version);
            let label = found.map_or_else(
                |_| "a version".to_owned(),
                |version| federation.version_label(version),
            );
            format!("says yes to {} to {} hours for {label}", least.hours(), most.hours())
        }
        Instruction::Range(NumberRange::Parameter { parameter, least, most }) => format!(
            "says yes to a pact that changes nothing but {}, to {least} to {most}",
            parameter_words(*parameter)
        ),
    }
}

fn bound_words(federation: &Federation, question: &Question, text: &Prose) -> String {
    match question {
        Question::Text {} => format!("says yes to exactly this text: “{text}”"),
        other => format!("says yes to exactly this: {}", question_words(federation, other)),
    }
}

/// What a parameter of the pact is, in plain words.
pub const fn parameter_words(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::CeilingHours => "the hours of the ceiling for each counted member",
        Parameter::RoundEveryHours => "the hours from one round to the next",
        Parameter::RoundOpenHours => "the hours that a round takes offers and needs",
        Parameter::AnswerHours => "the hours to answer what a plan proposes",
        Parameter::NoticeDays => "the days of notice",
    }
}

/// How a mandate ended before its time.
pub fn ended_words(ended: Ended) -> String {
    match ended {
        Ended::Recalled(at) => format!("recalled on {at} UTC"),
        Ended::LaidDown(at) => format!("laid down on {at} UTC"),
        Ended::Left(at) => format!("over since they left on {at} UTC"),
        Ended::Renewed(at) => format!("renewed on {at} UTC"),
    }
}
