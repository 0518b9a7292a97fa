"""HTTP itself, apart from what is stored: media types, packing, origins, limits of bodies, proxies, paths."""
