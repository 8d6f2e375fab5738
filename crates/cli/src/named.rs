use federation::act::Side;
use federation::rows::{
    Circle, Claim, Common, Conflict, Contract, Contribution, Delivery, Lot, Mandate, Proposal,
    Resource, Round, Specification, Thing, Unit, Version, Wish,
};
use federation::{PersonId, Ref};
use measure::{Measure, Quantity};
use serde_json::Value;

use crate::reach::Reach;
use crate::undone::Undone;

/// A thing that people name by its number or by what it is called, as the node knows it.
pub(crate) struct Named<T> {
    /// How statements name it.
    pub(crate) named: Ref<T>,
    /// Its row.
    pub(crate) row: Value,
}

/// A kind of thing that has a table.
pub(crate) trait Kind: Sized {
    /// The table's name.
    const TABLE: &'static str;
    /// The command that lists them.
    const LISTED_BY: &'static str;
}

macro_rules! kinds {
    ($($row:ident $table:literal $listed_by:literal),+ $(,)?) => {
        $(impl Kind for $row {
            const TABLE: &'static str = $table;
            const LISTED_BY: &'static str = $listed_by;
        })+
    };
}

kinds!(
    Unit "units" "artel unit list",
    Specification "specifications" "artel spec list",
    Version "versions" "artel spec versions",
    Thing "things" "artel swap list",
    Round "rounds" "artel round list",
    Contract "contracts" "artel contract list",
    Delivery "deliveries" "artel deliver list",
    Common "commons" "artel common list",
    Contribution "contributions" "artel common contributions",
    Resource "resources" "artel resource list",
    Claim "claims" "artel resource claims",
    Conflict "conflicts" "artel resource conflicts",
    Proposal "proposals" "artel decide list",
    Circle "circles" "artel circle list",
    Mandate "mandates" "artel delegate list",
    Lot "lots" "artel lot list",
);

/// Finds a thing by its number, or by its name.
pub(crate) fn find<T: Kind>(reach: &Reach, text: &str) -> Result<Named<T>, Undone> {
    find_in(reach, (T::TABLE, T::LISTED_BY), text)
}

/// The id of a person who is named by it, by their number, or by what members call them.
pub(crate) fn person(reach: &Reach, text: &str) -> Result<PersonId, Undone> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let id = |row: &Value| row["person"].as_str().and_then(|id| id.parse().ok());
    let unknown = || {
        Undone::refused(format!(
            "nobody is known as `{text}` here; `artel unit members` shows who is, to members"
        ))
    };
    if let Ok(number) = text.parse() {
        return id(&reach.row("persons", number)?).ok_or_else(unknown);
    }
    let rows = reach.rows("persons", "")?;
    let same = |row: &&Value| row["name"].as_str().is_some_and(|n| n.eq_ignore_ascii_case(text));
    let mut found = rows.iter().filter(same);
    match (found.next(), found.next()) {
        (Some(one), None) => id(one).ok_or_else(unknown),
        (None, _) => Err(unknown()),
        (Some(_), Some(_)) => Err(Undone::misused(format!(
            "several people are called `{text}`; name one by the number that `artel unit members` \
             shows"
        ))),
    }
}

/// Finds an offer or a need by its number.
pub(crate) fn find_wish(reach: &Reach, side: Side, text: &str) -> Result<Named<Wish>, Undone> {
    let table = match side {
        Side::Offer => ("offers", "artel offer list"),
        Side::Need => ("needs", "artel need list"),
    };
    find_in(reach, table, text)
}

fn find_in<T>(
    reach: &Reach,
    (table, listed_by): (&str, &str),
    text: &str,
) -> Result<Named<T>, Undone> {
    let unknown =
        || Undone::refused(format!("there is no `{text}` here; `{listed_by}` shows what there is"));
    let called =
        ["units", "specifications", "versions", "circles"].contains(&table) && !text.is_empty();
    let row = match text.parse::<u32>() {
        Ok(number) => reach.row(table, number)?,
        Err(_) if called => {
            let rows = reach.rows(table, &format!("&called={}", in_query(text)))?;
            rows.into_iter().next().ok_or_else(unknown)?
        }
        Err(_) => return Err(unknown()),
    };
    let named = row["ref"].as_str().and_then(|named| named.parse().ok());
    let named =
        named.ok_or_else(|| Undone::refused(format!("the node gives no name for `{text}`")))?;
    Ok(Named { named, row })
}

/// A text as it stands in an address's query.
pub(crate) fn in_query(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let written = |byte| {
        if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(written).collect()
}

impl<T> Named<T> {
    /// A quantity of it, in whole measures as people write it.
    pub(crate) fn quantity(&self, text: &str) -> Result<Quantity, Undone> {
        let name = self.row["measure"].as_str().unwrap_or_default();
        let decimals = self.row["decimals"].as_u64().and_then(|n| u8::try_from(n).ok());
        let measure = Measure::try_new(name, decimals.unwrap_or(0)).map_err(Undone::refused)?;
        let written = text.replace(',', ".");
        let read = measure.parse(&written);
        read.map_err(|wrong| Undone::misused(format!("{wrong}, counted in {measure}")))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_written_so_that_an_address_can_carry_it() {
        assert_eq!(super::in_query("Bäckerei & Co/2"), "B%C3%A4ckerei%20%26%20Co%2F2");
    }
}
