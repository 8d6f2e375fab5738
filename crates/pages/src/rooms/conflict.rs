use askama::Template;
use axum::response::Response;
use federation::act::Turns;
use federation::rows::{About, Agreed, Conflict, Stage, WayOut};
use federation::{Federation, Id};
use node::words::{
    conflict_sentence, settled_words, stage_of_conflict_words, turns_lines, unit_name, way_words,
};

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};

#[derive(Template)]
#[template(path = "conflict.html")]
struct ConflictPage {
    frame: Frame,
    base: String,
    number: u32,
    says: String,
    how: String,
    why: String,
    since: String,
    resource: Option<u32>,
    mandate: Option<u32>,
    buttons: Vec<Button>,
    steps: Vec<(&'static str, bool)>,
    settlement: Option<SettlementView>,
    settled: bool,
    mediators: Vec<String>,
    options: Vec<OptionView>,
    texts: Vec<TextView>,
    affected: String,
    polls: Vec<u32>,
}

struct SettlementView {
    how: String,
    dates: String,
    agreed: AgreedView,
}

/// A text with its calendar.
struct AgreedView {
    text: String,
    every: String,
    turns: Vec<String>,
}

struct OptionView {
    number: usize,
    says: String,
    by: String,
    support: String,
    objections: Vec<String>,
    turns: Vec<String>,
}

struct TextView {
    agreed: AgreedView,
    signed: String,
    buttons: Vec<Button>,
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let id = here.id("conflict");
    let page = here.read(|federation| view(&here, federation, id))??;
    Ok(html(&page))
}

fn view(
    here: &Here,
    federation: &Federation,
    id: Id<Conflict>,
) -> Result<ConflictPage, node::Failed> {
    let row = federation.conflict(id)?;
    let settlement = row.settlement.as_ref().map(|settlement| SettlementView {
        how: settled_words(settlement.how),
        dates: format!("{} UTC, looked at again on {}", settlement.at, settlement.until),
        agreed: agreed_view(federation, &settlement.agreed),
    });
    let mediator = |m: &federation::rows::Mediator| {
        let (who, unit) = (here.called(federation, m.person), unit_name(federation, m.unit));
        match m.unconnected {
            true => format!("{who} of {unit}"),
            false => format!("{who} of {unit}, which has exchanged with a party of late"),
        }
    };
    let affected: Vec<String> =
        federation.affected(id).into_iter().map(|unit| unit_name(federation, unit)).collect();
    let options = row.options.iter().zip(0_u8..);
    let resource = match row.about {
        About::Resource(resource) => Some(resource.number()),
        _ => None,
    };
    let mandate = match row.about {
        About::Mandate(mandate) => Some(mandate.number()),
        _ => None,
    };
    Ok(ConflictPage {
        frame: Frame::inside(here, format!("Conflict {id}"), "/resources"),
        base: here.base.clone(),
        number: id.number(),
        says: conflict_sentence(federation, id),
        how: stage_of_conflict_words(&row.stage),
        why: row.why.to_string(),
        since: row.since.to_string(),
        resource,
        mandate,
        buttons: buttons(here, row, id),
        steps: steps(&row.stage),
        settlement,
        settled: matches!(row.stage, Stage::Settled { .. }),
        mediators: row.mediators.iter().map(mediator).collect(),
        options: options.map(|option| option_view(here, federation, row, option)).collect(),
        texts: texts(here, federation, row, id),
        affected: affected.join(", "),
        polls: row.polls.iter().map(|id| id.number()).collect(),
    })
}

/// The steps of a conflict, and which of them it is at.
fn steps(stage: &Stage) -> Vec<(&'static str, bool)> {
    vec![
        ("The parties talk, for 14 days", matches!(stage, Stage::Talks { .. })),
        ("Mediators write options, for 14 days", matches!(stage, Stage::Mediation { .. })),
        ("The parties' members weigh them, for 14 days", matches!(stage, Stage::Weighing { .. })),
        ("The units affected vote, option by option", matches!(stage, Stage::Voting { .. })),
        ("Settled, for a year at most", matches!(stage, Stage::Settled { .. })),
    ]
}

fn agreed_view(federation: &Federation, agreed: &Agreed) -> AgreedView {
    AgreedView {
        text: agreed.text.to_string(),
        every: agreed.turns.as_ref().map(every).unwrap_or_default(),
        turns: agreed.turns.as_ref().map(|t| turns_lines(federation, t)).unwrap_or_default(),
    }
}

fn every(turns: &Turns) -> String {
    match turns.every_days {
        1 => "every day".to_owned(),
        7 => "every week".to_owned(),
        days => format!("every {days} days, counted from a Monday"),
    }
}

fn option_view(
    here: &Here,
    federation: &Federation,
    row: &Conflict,
    (option, place): (&WayOut, u8),
) -> OptionView {
    let objects = row.weighed.iter().filter_map(|(&person, said)| {
        let reason = said.objects.get(&place)?;
        Some(format!("{}: {reason}", here.called(federation, person)))
    });
    let supporters = row.weighed.values().filter(|said| said.supports.contains(&place)).count();
    OptionView {
        number: usize::from(place) + 1,
        says: way_words(option),
        by: option.by.map(|person| here.called(federation, person)).unwrap_or_default(),
        support: match supporters {
            0 => String::new(),
            1 => "1 member supports it".to_owned(),
            many => format!("{many} members support it"),
        },
        objections: objects.collect(),
        turns: option.turns.as_ref().map(|t| turns_lines(federation, t)).unwrap_or_default(),
    }
}

fn texts(here: &Here, federation: &Federation, row: &Conflict, id: Id<Conflict>) -> Vec<TextView> {
    let text = |(number, (agreed, signed)): (usize, &(Agreed, std::collections::BTreeSet<_>))| {
        let names: Vec<String> = signed.iter().map(|&unit| unit_name(federation, unit)).collect();
        let may = here
            .my_unit()
            .is_some_and(|unit| row.parties.contains(&unit) && !signed.contains(&unit));
        let sign = Button::ask("settle", "Sign the same").main();
        let sign = sign.with("conflict", id).with("text_number", number);
        TextView {
            agreed: agreed_view(federation, agreed),
            signed: names.join(", "),
            buttons: if may && !row.is_over() { vec![sign] } else { Vec::new() },
        }
    };
    row.texts.iter().enumerate().map(text).collect()
}

fn buttons(here: &Here, row: &Conflict, id: Id<Conflict>) -> Vec<Button> {
    let (Some(unit), person) = (here.my_unit(), here.me.and_then(|me| me.person)) else {
        return Vec::new();
    };
    let with = |button: Button| button.with("conflict", id);
    let party = row.parties.contains(&unit);
    let mut buttons = Vec::new();
    if party && !row.is_over() {
        buttons.push(with(Button::ask("settle", "Write a settlement")));
    }
    if party && matches!(row.stage, Stage::Weighing { .. }) {
        buttons.push(with(Button::ask("weigh-options", "Weigh the options").main()));
    }
    let mediates = row.mediators.iter().any(|mediator| Some(mediator.person) == person);
    if mediates && matches!(row.stage, Stage::Mediation { .. }) {
        buttons.push(with(Button::ask("write-option", "Write an option").main()));
    }
    if party && row.settlement.is_some() {
        buttons.push(with(Button::ask("dispute", "It is not kept")));
    }
    buttons
}
