from . import portal, voice
