use askama::Template;
use axum::response::Response;
use federation::rows::{Asked, Common, Contribution, Progress, Unit};
use federation::{Federation, Id};
use node::words::{amount, unit_name, version_with_value};

use crate::button::Button;
use crate::frame::Frame;
use crate::here::Here;
use crate::oops::{Oops, html};
use crate::search::{LISTED, found_words, has_words};

#[derive(Template)]
#[template(path = "commons.html")]
struct CommonsPage {
    frame: Frame,
    base: String,
    member: bool,
    search: String,
    found: String,
    rows: Vec<CommonRow>,
}

struct CommonRow {
    number: u32,
    name: String,
    what: String,
    carriers: usize,
    ours: String,
}

#[derive(Template)]
#[template(path = "one_common.html")]
struct CommonPage {
    frame: Frame,
    base: String,
    name: String,
    about: String,
    what: String,
    specification: u32,
    by: String,
    since: String,
    buttons: Vec<Button>,
    carriers: Vec<CarrierRow>,
    can_take: String,
    contributions: Vec<ContributionView>,
}

struct CarrierRow {
    number: u32,
    unit: String,
    hours: String,
    left: String,
    now: String,
}

struct ContributionView {
    number: u32,
    what: String,
    since: String,
    note: String,
    how: String,
    who: String,
    shares: Vec<(String, String)>,
    buttons: Vec<Button>,
}

/// How many contributions are shown, newest first.
const SHOWN: usize = 100;

pub(crate) async fn list(here: Here) -> Result<Response, Oops> {
    let search = here.visit.query.text("search");
    let page = here.read(|federation| {
        let mut found: Vec<_> = federation.commons().collect();
        found.retain(|(_, common)| has_words(common.name.as_str(), &search));
        found.sort_by_cached_key(|(_, common)| common.name.as_str().to_lowercase());
        let row = |&(id, common): &(Id<Common>, &Common)| CommonRow {
            number: id.number(),
            name: common.name.to_string(),
            what: version_with_value(federation, common.version),
            carriers: common.subscriptions.len(),
            ours: ours(&here, common),
        };
        CommonsPage {
            frame: Frame::inside(&here, "Commons", "/commons"),
            base: here.base.clone(),
            member: here.my_unit().is_some(),
            found: found_words(found.len(), ("common", "commons"), &search),
            rows: found.iter().take(LISTED).map(row).collect(),
            search,
        }
    })?;
    Ok(html(&page))
}

/// With how much the reader's unit carries it.
fn ours(here: &Here, common: &Common) -> String {
    let own = here.my_unit().and_then(|unit| common.subscriptions.get(&unit));
    own.map_or_else(
        || "not carried by us".to_owned(),
        |own| match own.every_days {
            Some(days) => format!("up to {} hours every {days} days", own.hours),
            None => format!("up to {} hours", own.hours),
        },
    )
}

pub(crate) async fn show(here: Here) -> Result<Response, Oops> {
    let id = here.id("common");
    let page = here.read(|federation| view(&here, federation, id))??;
    Ok(html(&page))
}

fn view(here: &Here, federation: &Federation, id: Id<Common>) -> Result<CommonPage, node::Failed> {
    let row = federation.common(id)?;
    let now = federation.time();
    let can = federation.can_carry(id, now);
    let carriers = can.iter().filter_map(|share| {
        let subscription = row.subscriptions.get(&share.unit)?;
        Some(CarrierRow {
            number: share.unit.number(),
            unit: unit_name(federation, share.unit),
            hours: match subscription.every_days {
                Some(days) => format!("{} hours every {days} days", subscription.hours),
                None => format!("{} hours", subscription.hours),
            },
            left: subscription.left(now).to_string(),
            now: share.hours.to_string(),
        })
    });
    let can_take = can.iter().fold(measure::Hours::ZERO, |sum, s| sum.plus(s.hours).unwrap_or(sum));
    let newest = row.contributions.iter().rev().take(SHOWN);
    let contributions = newest.filter_map(|&id| {
        Some(contribution(here, federation, id, federation.contribution(id).ok()?))
    });
    Ok(CommonPage {
        frame: Frame::inside(here, row.name.to_string(), "/commons"),
        base: here.base.clone(),
        name: row.name.to_string(),
        about: row.about.to_string(),
        what: version_with_value(federation, row.version),
        specification: federation.version(row.version)?.specification.number(),
        by: unit_name(federation, row.by),
        since: row.since.to_string(),
        buttons: buttons(here, row, id),
        carriers: carriers.collect(),
        can_take: can_take.to_string(),
        contributions: contributions.collect(),
    })
}

fn buttons(here: &Here, row: &Common, id: Id<Common>) -> Vec<Button> {
    let Some(unit) = here.my_unit() else { return Vec::new() };
    let carried = row.subscriptions.contains_key(&unit);
    let label = if carried { "Carry more or less of it" } else { "Carry it with others" };
    let mut buttons = vec![
        Button::ask("subscribe", label).main().with("common", id),
        Button::ask("contribute", "Contribute to it").with("common", id),
    ];
    if carried {
        buttons.push(Button::ask("unsubscribe", "Carry it no longer").with("common", id));
    }
    buttons
}

fn contribution(
    here: &Here,
    federation: &Federation,
    id: Id<Contribution>,
    row: &Contribution,
) -> ContributionView {
    let version = federation.common(row.common).map(|common| common.version);
    let what = version.map(|version| amount(federation, row.quantity, version));
    let said = |asked: &Asked| {
        let who = here.called(federation, asked.person);
        let unit = unit_name(federation, asked.unit);
        format!("{who} of {unit}{}", if asked.accepted { ", who has accepted it" } else { "" })
    };
    let who: Vec<String> = row.asked.iter().map(said).collect();
    let shares = row.shares.iter();
    let shares = shares.map(|s| (unit_name(federation, s.unit), s.hours.to_string())).collect();
    ContributionView {
        number: id.number(),
        what: format!(
            "{} from {}, {} hours",
            what.unwrap_or_default(),
            unit_name(federation, row.giver),
            row.hours()
        ),
        since: row.since.to_string(),
        note: row.note.to_string(),
        how: how(row),
        who: match (row.is_open(), who.is_empty()) {
            (true, true) => {
                "Who accepts it is drawn as soon as others have signed something later.".to_owned()
            }
            (true, false) => format!("Drawn to accept it: {}.", who.join("; ")),
            (false, _) => String::new(),
        },
        shares,
        buttons: here
            .my_unit()
            .map_or_else(Vec::new, |unit| answers((here, federation), (id, row), unit)),
    }
}

fn how(row: &Contribution) -> String {
    match &row.progress {
        Progress::HandedOver => "waits for those who were drawn".to_owned(),
        Progress::Receipted { at } => format!("has a receipt of {at}, and waits for those drawn"),
        Progress::Accepted { at, hours } => format!("accepted on {at}, {hours} hours"),
        Progress::Rejected { at, clause, reason } => {
            format!("rejected on {at} by clause {clause}. {reason}")
        }
        Progress::Lapsed { at } => {
            format!("lapsed on {at}: nobody answered in time, and nothing of it counts")
        }
    }
}

fn answers(
    (here, federation): (&Here, &Federation),
    (id, row): (Id<Contribution>, &Contribution),
    unit: Id<Unit>,
) -> Vec<Button> {
    let me = here.me.and_then(|me| me.person);
    let with = |button: Button| button.with("contribution", id);
    let asked = row.asked.iter().any(|asked| Some(asked.person) == me && !asked.accepted);
    let mut buttons = Vec::new();
    if row.is_open() && asked {
        buttons.push(with(Button::now("accept-contribution", "Accept it")));
        buttons.push(with(Button::ask("reject-contribution", "Reject it by a clause")));
    }
    if row.progress == Progress::HandedOver && federation.may_receipt(row, unit) {
        buttons.push(with(Button::now("receipt-contribution", "It is there").plain()));
    }
    if matches!(row.progress, Progress::Receipted { .. }) && row.giver == unit {
        buttons.push(with(Button::ask("accept-contribution", "Enter silence as acceptance")));
    }
    if matches!(row.progress, Progress::Accepted { .. }) && row.is_party(unit) {
        buttons.push(with(Button::ask("correct-contribution", "Correct it")));
    }
    if matches!(row.progress, Progress::Rejected { .. }) && row.giver == unit {
        buttons.push(with(Button::ask("dispute", "Dispute the rejection")));
    }
    buttons
}
