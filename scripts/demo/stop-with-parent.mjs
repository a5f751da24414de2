// Preloaded into every program of the demo: where the demo itself is killed outright, its programs end too.
if (process.connected) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
