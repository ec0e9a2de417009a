"""The values that travel through the engine: frozen, slotted, third-party free."""
