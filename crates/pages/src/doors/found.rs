use axum::extract::Form;
use axum::response::Response;
use federation::{Line, Name, Pact, Reading};
use measure::Hours;
use node::{About, Failed, Foundation, FoundingUnit, read_essential, read_order};

use crate::doing::FormView;
use crate::doors::{form_page, go, reader, sign_in_fields};
use crate::field::{Choice, Field};
use crate::frame::Frame;
use crate::given::Given;
use crate::oops::Oops;
use crate::visit::Visit;

fn form(visit: &Visit) -> FormView {
    let kinds = vec![
        Choice::new("units", "Units: workshops, farms, kitchens, groups"),
        Choice::new("members", "Each member is a unit: a time bank"),
    ];
    let reading = vec![
        Choice::new("public", "Anybody may read the record"),
        Choice::new("members", "Only members may read the record"),
    ];
    let mut fields = vec![
        Field::line("name", "What is the federation called?").must(),
        Field::radio("kind", "Who are its units?", kinds),
        Field::line("your_name", "Your name").must(),
        Field::line("own_unit", "Your unit")
            .hint("Its name; then, if you like, a semicolon and how many members count, a place, and \
                   opening hours from a system you come from: Bakery; 6; Mill Street; -2:30. Leave it \
                   empty if each member is a unit."),
        Field::area("units", "The others, one a line")
            .hint("Written the same way. Each gets a link of its own with which it signs."),
        Field::number("base", "Base, in hours for each counted member")
            .with(Pact::BASE_PER_MEMBER.exact())
            .hint("So much more than it gave can a unit receive."),
        Field::number("ceiling", "Ceiling, in hours for each counted member")
            .with(Pact::default().ceiling_per_member.exact())
            .hint("Above it, rounds plan only receiving."),
        Field::number("round_every_hours", "A new round every so many hours")
            .with(Pact::default().round_every_hours),
        Field::number("round_open_hours", "It takes offers and needs for so many hours")
            .with(Pact::default().round_open_hours),
        Field::number("answer_hours", "Units answer within so many hours")
            .with(Pact::default().answer_hours),
        Field::radio("reading", "Who may read?", reading),
        Field::area("essentials", "What is essential, one thing a line").hint(
            "Rounds share it out by counted member before anything else. Write what it is, good or \
             service, how it is counted, how much for each counted member in a round, and what it \
             must meet: Bread; good; kg; 3.500; baked on the day. You can leave this empty.",
        ),
        Field::line("order", "What rounds prefer, the weightiest first")
            .with("nearness, expiry, memory, changes")
            .hint("Of plans that meet the same hours as evenly: short ways, what ends soon, who \
                   went short last time, who was let down in this round. Leave out what should \
                   not count."),
    ];
    if visit.session.is_none() {
        fields.extend(sign_in_fields());
    }
    FormView {
        name: "",
        title: "Found a federation".to_owned(),
        says: "You and the others on the list can exchange as soon as each has signed. Nobody has \
               more rights than anybody else, the founder neither."
            .to_owned(),
        facts: Vec::new(),
        links: Vec::new(),
        fields,
        action: "/found".to_owned(),
        button: "Found it".to_owned(),
        back: "/".to_owned(),
    }
}

pub(crate) async fn show(visit: Visit) -> Response {
    form_page(Frame::outside(&visit, "Found a federation"), form(&visit), &visit.query, None)
}

pub(crate) async fn enter(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Oops> {
    let given = Given::new(pairs);
    visit.check_form(&given)?;
    match found(&visit, &given).await {
        Ok(response) => Ok(response),
        Err(Oops(failed @ (Failed::Refused { .. } | Failed::Missing { .. }))) => {
            let frame = Frame::outside(&visit, "Found a federation");
            Ok(form_page(frame, form(&visit), &given, Some(&failed)))
        }
        Err(oops) => Err(oops),
    }
}

async fn found(visit: &Visit, given: &Given) -> Result<Response, Oops> {
    let foundation = foundation(given)?;
    let listed = foundation.units.len();
    let (reader, session) = reader(visit, given)?;
    let node = visit.node.clone();
    let founded = tokio::task::spawn_blocking(move || node.found(reader, foundation));
    let founded = founded.await.map_err(Failed::fault)??;
    let base = format!("/f/{}", founded.hosted.short_id());
    let next = if listed > 1 { "/unit/invites?entry=0" } else { "?entry=0" };
    go(&format!("{base}{next}"), session.as_ref())
}

fn wrong(field: &str, says: impl std::fmt::Display) -> Failed {
    Failed::refused("founding-list", format!("{field}: {says}"))
}

fn foundation(given: &Given) -> Result<Foundation, Failed> {
    let your_name = Name::parse(&given.text("your_name")).map_err(|e| wrong("your name", e))?;
    let base = Hours::parse(&given.text("base")).map_err(|e| wrong("the base", e))?;
    // Where each member is a unit, the founder is one too.
    let own = match given.text("own_unit") {
        own if own.is_empty() || given.raw("kind") == "members" => your_name.to_string(),
        own => own,
    };
    let others = given.text("units");
    let lines = std::iter::once(own.as_str()).chain(others.lines());
    let lines = lines.map(str::trim).filter(|line| !line.is_empty());
    let units = lines.map(|line| unit(line, base)).collect::<Result<_, _>>()?;
    let essentials = given.text("essentials");
    let essentials = essentials.lines().map(str::trim).filter(|line| !line.is_empty());
    let essentials = essentials.map(read_essential);
    let ceiling = Hours::parse(&given.text("ceiling")).map_err(|e| wrong("the ceiling", e))?;
    Ok(Foundation {
        name: Name::parse(&given.text("name")).map_err(|e| wrong("the federation's name", e))?,
        pact: Pact {
            ceiling_per_member: ceiling,
            round_every_hours: hours(given, "round_every_hours")?,
            round_open_hours: hours(given, "round_open_hours")?,
            answer_hours: hours(given, "answer_hours")?,
            reading: if given.raw("reading") == "members" {
                Reading::Members
            } else {
                Reading::Public
            },
            essentials: essentials.collect::<Result<_, _>>()?,
            order: read_order(&given.text("order"))?,
            ..Pact::default()
        },
        units,
        founder: About::called(your_name.as_str()),
    })
}

fn hours(given: &Given, field: &'static str) -> Result<u32, Failed> {
    let text = given.text(field);
    text.parse().map_err(|_| {
        wrong(
            &field.replace('_', " "),
            format!("`{text}` is no whole number of hours; write one such as 48"),
        )
    })
}

/// `Bakery; 6; Mill Street; -2:30`: all but the name can be left out.
fn unit(line: &str, base: Hours) -> Result<FoundingUnit, Failed> {
    let mut parts = line.split(';').map(str::trim);
    let mut part = || parts.next().unwrap_or_default();
    let (name, counted, place, opening) = (part(), part(), part(), part());
    let wrong = |says: String| wrong(&format!("`{line}`"), says);
    let counted_members: u32 = match counted {
        "" => 1,
        digits => digits.parse().map_err(|_| {
            wrong(format!("`{digits}` is no number of members; write one such as 6"))
        })?,
    };
    let opening = if opening.is_empty() { "0" } else { opening };
    let too_large = || wrong("the base comes to too many hours; make it smaller".to_owned());
    Ok(FoundingUnit {
        name: Name::parse(name).map_err(|e| wrong(e.to_string()))?,
        place: Line::parse(place).map_err(|e| wrong(e.to_string()))?,
        counted_members,
        base: base.times(counted_members).ok_or_else(too_large)?,
        opening: Hours::parse(opening).map_err(|e| wrong(e.to_string()))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_on_the_list_is_a_name_and_what_else_there_is_to_say() {
        let base = Hours::whole(20);
        let only = unit("Bakery", base).unwrap();
        assert_eq!((only.counted_members, only.base, only.opening), (1, base, Hours::ZERO));
        let all = unit("Bakery; 6; Mill Street; -2:30", base).unwrap();
        assert_eq!((all.name.as_str(), all.place.as_str()), ("Bakery", "Mill Street"));
        assert_eq!((all.base, all.opening.to_string()), (Hours::whole(120), "-2:30".to_owned()));
        let wrong = unit("Bakery; six", base).unwrap_err().to_string();
        assert!(wrong.contains("`six` is no number of members"), "{wrong}");
    }
}
