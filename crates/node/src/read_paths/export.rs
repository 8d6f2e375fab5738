use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use record::random;
use tokio::sync::{Semaphore, mpsc};

use super::{NotGiven, Parts, readable};
use crate::{Failed, Hosted, Node};

/// Writing a whole record takes the disk's time, so one is written at a time.
static TURN: Semaphore = Semaphore::const_new(1);

/// How much of a file is sent at a time.
const CHUNK: usize = 64 * 1024;

/// The whole record as one file: it can be verified by itself, and hosted again. No bodies are in it.
pub(super) async fn export(
    State(node): State<Arc<Node>>,
    axum::extract::Path(parts): Parts,
    headers: HeaderMap,
) -> Result<Response, NotGiven> {
    let hosted = readable(&node, &parts, &headers)?;
    let name = format!("attachment; filename=\"{}.sqlite\"", hosted.short_id());
    let turn = TURN.acquire().await.map_err(Failed::fault)?;
    let directory = node.directory().to_owned();
    let writing = tokio::task::spawn_blocking(move || write_out(&hosted, &directory));
    let file = writing.await.map_err(Failed::fault)??;
    drop(turn);
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.sqlite3".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(chunks_of(file))).into_response())
}

/// Writes the record into a file that has no name any more once it is open.
fn write_out(hosted: &Hosted, directory: &Path) -> Result<File, Failed> {
    let name: [u8; 16] = random()?;
    let path = directory.join(format!("export-{}.sqlite", federation::PersonId(name)));
    let written = hosted.record().export(&path).map_err(Failed::from);
    let opened = written.and_then(|()| Ok(File::open(&path)?));
    std::fs::remove_file(&path)?;
    opened
}

/// A file's bytes, as they are read on a thread that may wait for the disk.
struct Chunks(mpsc::Receiver<std::io::Result<Bytes>>);

impl Stream for Chunks {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

fn chunks_of(mut file: File) -> Chunks {
    let (sender, receiver) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut chunk = vec![0; CHUNK];
            let read = file.read(&mut chunk).map(|length| {
                chunk.truncate(length);
                Bytes::from(chunk)
            });
            let (failed, ended) = (read.is_err(), read.as_ref().is_ok_and(Bytes::is_empty));
            // Nobody listens any more when the reader has gone away.
            if ended || sender.blocking_send(read).is_err() || failed {
                break;
            }
        }
    });
    Chunks(receiver)
}
