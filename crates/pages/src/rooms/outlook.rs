use federation::rows::{Phase, Round, Unit};
use federation::{Federation, Id, Matched};
use node::{Ahead, Outlook, PAGE_WAITS, sum, words};

use crate::flow_picture::FlowPicture;
use crate::here::Here;
use crate::oops::Oops;
use crate::rooms::round::{AnswerView, LeftOpen, ROWS_SHOWN, asked_about, left_open};

/// What an open round would come to, as far as the page waits for it.
pub(crate) struct AheadView {
    /// What there is of it; none if nothing is there yet.
    pub(crate) outlook: Option<OutlookView>,
    /// What it means for the unit that is asked about.
    pub(crate) answer: Option<AnswerView>,
    /// Whether a newer one, or what it means, is being worked out.
    pub(crate) waits: bool,
    /// Why none could be worked out.
    pub(crate) failed: Option<String>,
}

/// An outlook, for us and for all.
pub(crate) struct OutlookView {
    pub(crate) entries: u64,
    pub(crate) closes: String,
    pub(crate) hours: String,
    pub(crate) units: usize,
    /// Why nothing would be exchanged, if so.
    pub(crate) nothing: Option<&'static str>,
    pub(crate) ours: Option<OursAhead>,
    pub(crate) flows: Option<FlowPicture>,
    pub(crate) all: Vec<String>,
    /// How many deliveries there are beyond those.
    pub(crate) more: usize,
    pub(crate) left_open: Vec<LeftOpen>,
}

/// What the reader's own unit would give and get.
pub(crate) struct OursAhead {
    pub(crate) give_hours: String,
    pub(crate) get_hours: String,
    pub(crate) gives: Vec<String>,
    pub(crate) gets: Vec<String>,
}

/// The same in a line, for pages about something else.
pub(crate) struct AheadLine {
    pub(crate) link: String,
    pub(crate) says: String,
}

/// The outlook of a round that takes offers and needs; none of any other.
pub(crate) async fn ahead(here: &Here, id: Id<Round>) -> Result<Option<AheadView>, Oops> {
    if !here.read(|state| state.round(id).is_ok_and(is_open))? {
        return Ok(None);
    }
    let unit = asked_about(here);
    let looked = here.hosted.outlook_within((id, unit), PAGE_WAITS).await;
    let (Ahead { outlook, told, waits }, failed) = match looked {
        Ok(ahead) => (ahead, None),
        Err(failed) => (Ahead::default(), Some(failed.to_string())),
    };
    let view = |state: &Federation| {
        let name = unit.map(|unit| words::unit_name(state, unit)).unwrap_or_default();
        let answer =
            told.map(|told| AnswerView { name, from: "the outlook", told: (*told).clone() });
        let outlook = outlook.map(|outlook| view(here, state, &outlook));
        AheadView { outlook, answer, waits, failed }
    };
    Ok(Some(here.read(view)?))
}

fn is_open(round: &Round) -> bool {
    matches!(round.phase, Phase::Open { .. })
}

fn view(here: &Here, state: &Federation, outlook: &Outlook) -> OutlookView {
    let ours = here.my_unit();
    let all = &outlook.deliveries;
    let says = |one: &Matched| format!("{}.", words::outlook_sentence(state, one));
    OutlookView {
        entries: outlook.entries,
        closes: outlook.closes.to_string(),
        hours: outlook.hours.to_string(),
        units: outlook.units,
        nothing: all.is_empty().then(|| nothing_words(outlook)),
        ours: ours.map(|unit| of_unit(state, outlook, unit)),
        flows: FlowPicture::draw(state, &outlook.between, ours),
        all: all.iter().take(ROWS_SHOWN).map(says).collect(),
        more: all.len().saturating_sub(ROWS_SHOWN),
        left_open: left_open(state, &outlook.open),
    }
}

/// Why nothing would be exchanged.
fn nothing_words(outlook: &Outlook) -> &'static str {
    if outlook.inputs.offers.is_empty() {
        "nobody offers anything to rounds."
    } else if outlook.inputs.needs.is_empty() {
        "nobody needs anything that is offered, at the value that is asked for it."
    } else {
        "places, dates, refusals or want of room stand between all that is offered and needed."
    }
}

fn of_unit(state: &Federation, outlook: &Outlook, unit: Id<Unit>) -> OursAhead {
    let (gives, gets) = (outlook.gives(unit), outlook.gets(unit));
    let says = |one: &Matched| format!("{}.", words::your_outlook_sentence(state, one, unit));
    OursAhead {
        give_hours: sum(gives.clone()).to_string(),
        get_hours: sum(gets.clone()).to_string(),
        gives: gives.map(says).collect(),
        gets: gets.map(says).collect(),
    }
}

/// What the round that takes offers and needs would bring the reader's unit, in a line; none if
/// there is no such round, or no outlook of it yet.
pub(crate) async fn ahead_line(here: &Here) -> Result<Option<AheadLine>, Oops> {
    let newest =
        |state: &Federation| state.rounds().next_back().map(|(id, row)| (id, is_open(row)));
    let (Some(unit), Some((id, true))) = (here.my_unit(), here.read(newest)?) else {
        return Ok(None);
    };
    let looked = here.hosted.outlook_within((id, None), PAGE_WAITS).await;
    let Some(outlook) = looked.ok().and_then(|ahead| ahead.outlook) else { return Ok(None) };
    let (gives, gets) = (sum(outlook.gives(unit)), sum(outlook.gets(unit)));
    let name = here.read(|state| words::unit_name(state, unit))?;
    let comes = match gives.is_positive() || gets.is_positive() {
        true => format!("{name} would give {gives} hours and get {gets} hours in this round"),
        false => format!("{name} would neither give nor get anything in this round yet"),
    };
    Ok(Some(AheadLine {
        link: format!("{}/rounds/{}#outlook", here.base, id.number()),
        says: format!("If nothing more were said before {} UTC, {comes}.", outlook.closes),
    }))
}
