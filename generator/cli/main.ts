console.error("plainsight: not built yet");
