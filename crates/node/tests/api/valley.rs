use serde_json::{Value, json};

use crate::node_at::At;

const DAY: u32 = 86_400;

/// A federation in a round: the bakery has room, the pottery none; the farm has not signed the
/// pact, and the smithy has no wishes.
pub(crate) struct Valley {
    pub(crate) at: At,
    pub(crate) path: String,
    pub(crate) rosa: String,
    pub(crate) olga: String,
    pub(crate) bread: Value,
    pub(crate) pot: Value,
    pub(crate) soap: Value,
}

impl Valley {
    /// A round that is open, in which nothing is offered or needed yet.
    pub(crate) async fn open(reading: &str) -> Self {
        let at = At::demo();
        let mut pact = serde_json::to_value(federation::Pact::default()).unwrap();
        pact["reading"] = reading.into();
        let (path, rosa) = at.founded(Some(pact)).await;
        let (olga, emma) = (at.reader("olga").await, at.reader("emma").await);
        for (token, unit, name) in [(&olga, "Pottery", "Olga"), (&emma, "Smithy", "Emma")] {
            let join = json!({ "name": unit, "about": { "name": name } });
            at.post(&format!("{path}/join"), Some(token), &join).await.made();
        }
        let [bread, pot, soap] = [Value::Null, Value::Null, Value::Null];
        let mut valley = Self { at, path, rosa, olga, bread, pot, soap };
        valley.bread = valley.valued(&valley.rosa, "bread", 1800).await;
        valley.pot = valley.valued(&valley.olga, "pot", 3600).await;
        valley.soap = valley.valued(&valley.olga, "soap", 3600).await;
        valley.pass(0).await;
        valley
    }

    /// The same after the bakery and the pottery have each offered what the other needs, but the
    /// pottery only half as much. Soap is needed, and nobody offers it.
    pub(crate) async fn wished(reading: &str) -> Self {
        let valley = Self::open(reading).await;
        valley.wish(&valley.rosa, "offer", &valley.bread, 20).await;
        valley.wish(&valley.rosa, "need", &valley.pot, 5).await;
        valley.wish(&valley.rosa, "need", &valley.soap, 3).await;
        valley.wish(&valley.olga, "offer", &valley.pot, 1).await;
        valley.wish(&valley.olga, "need", &valley.bread, 4).await;
        valley
    }

    /// The same when the round is over.
    pub(crate) async fn new(reading: &str) -> Self {
        let valley = Self::wished(reading).await;
        valley.pass(30).await;
        valley
    }

    /// A version with a value.
    async fn valued(&self, token: &str, name: &str, seconds: u32) -> Value {
        let propose = json!({ "propose-specification": {
            "name": name, "nature": "good", "measure": { "name": "piece", "decimals": 0 },
            "clauses": ["sound"], "about": "",
        } });
        let proposed = self.at.act(&self.path, token, propose).await.made();
        let versions = format!("{}/versions?limit=1000", self.path);
        let versions = self.at.get(&versions, Some(token)).await.found();
        let of = &proposed["outcome"]["number"];
        let first = |row: &&Value| row["specification"] == *of;
        let version = versions["rows"].as_array().unwrap().iter().find(first).unwrap();
        let ask = json!({ "ask-value": {
            "version": version["ref"], "value": seconds, "reasons": "",
        } });
        let asked = self.at.act(&self.path, token, ask).await.made();
        let valued = format!("{}/versions/{}", self.path, asked["outcome"]["number"]);
        self.at.get(&valued, Some(token)).await.found()["ref"].clone()
    }

    /// An offer or a need; gives how statements name it.
    pub(crate) async fn wish(
        &self,
        token: &str,
        side: &str,
        version: &Value,
        quantity: u32,
    ) -> Value {
        let act = json!({ side: {
            "versions": [version], "quantity": quantity, "value_max": null, "stands_for": "rounds",
            "consent": "ask", "every_days": null, "from": null, "until": null, "area": null,
        } });
        let made = self.at.act(&self.path, token, act).await.made();
        let row = format!("{}/{side}s/{}", self.path, made["outcome"]["number"]);
        self.at.get(&row, Some(token)).await.found()["ref"].clone()
    }

    /// Lets days pass, and the node take every step that is due.
    pub(crate) async fn pass(&self, days: u32) {
        self.at.node.clock().pass(days * DAY);
        for hosted in self.at.node.federations() {
            self.at.node.tend(&hosted).await.unwrap();
        }
    }
}
